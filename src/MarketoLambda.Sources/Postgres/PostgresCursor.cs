using MarketoLambda.Sources.Json;
using MarketoLambda.Sources.Passes;
using Npgsql;
using NpgsqlTypes;

namespace MarketoLambda.Sources.Postgres;

/// <summary>Carries points in time into a cursor column's own type, and back.</summary>
internal sealed class PostgresCursor(CursorType type, TimeZoneInfo zone)
{
    private readonly WallClock _clock = new(zone);

    /// <summary>No row stamped at that instant or later has a lower cursor.</summary>
    public DateTime LowestSince(DateTimeOffset instant) => type == CursorType.Instant ? instant.UtcDateTime : _clock.LowestSince(instant);

    /// <summary>Every row stamped before that instant has a lower cursor. Of days, those that are over.</summary>
    public DateTime EndOf(DateTimeOffset instant) => type == CursorType.Instant ? instant.UtcDateTime : _clock.EndOf(instant);

    /// <summary>Until when everything that was stamped can be seen: the day that is not over is still being stamped.</summary>
    public DateTimeOffset? LastComplete(DateTimeOffset now, DateTimeOffset? oldestWriter)
    {
        if (type != CursorType.Day)
        {
            return oldestWriter;
        }

        return _clock.FirstInstantOf(_clock.LowestSince(oldestWriter ?? now).Date);
    }

    /// <summary>Where the year 1 begins, before which no calendar here goes.</summary>
    public static string YearOne(PostgresShape shape) => $"{NameOf(shape.CursorType)} '0001-01-01'";

    /// <summary>What comes before all times, and is none. It is read as the first time there is.</summary>
    public static string Lowest(PostgresShape shape) => $"{NameOf(shape.CursorType)} '-infinity'";

    /// <summary>A time before the year 1.</summary>
    public static string IsBeforeYearOne(PostgresShape shape) =>
        $"{shape.Cursor} < {YearOne(shape)} and {shape.Cursor} > {Lowest(shape)}";

    /// <summary>A cursor of an earlier run.</summary>
    /// <exception cref="Sync.Sources.SourceException">The column was of another type then.</exception>
    public DateTime Resumed(DateTime cursor) =>
        (cursor.Kind == DateTimeKind.Utc) == (type == CursorType.Instant) ? cursor : throw ResumeJson.NotOurs();

    public NpgsqlParameter Bound(DateTime cursor) =>
        type == CursorType.Day
            ? new NpgsqlParameter<DateOnly> { TypedValue = DateOnly.FromDateTime(cursor), NpgsqlDbType = NpgsqlDbType.Date }
            : new NpgsqlParameter<DateTime>
            {
                TypedValue = cursor,
                NpgsqlDbType = type == CursorType.Instant ? NpgsqlDbType.TimestampTz : NpgsqlDbType.Timestamp,
            };

    /// <summary>A row's cursor as it stands, and as a point in time.</summary>
    public (DateTime Cursor, DateTimeOffset CursorValue) Read(NpgsqlDataReader row, int column)
    {
        switch (type)
        {
            case CursorType.Instant:
                var instant = DateTime.SpecifyKind(row.GetDateTime(column), DateTimeKind.Utc); // also of -infinity
                return (instant, new DateTimeOffset(instant.Ticks, TimeSpan.Zero));
            case CursorType.Day:
                var day = row.GetFieldValue<DateOnly>(column).ToDateTime(TimeOnly.MinValue);
                return (day, _clock.FirstInstantOf(day));
            default:
                var time = row.GetDateTime(column);
                return (time, _clock.FirstInstantOf(time));
        }
    }

    private static string NameOf(CursorType type) =>
        type switch { CursorType.Instant => "timestamptz", CursorType.Wall => "timestamp", _ => "date" };
}
