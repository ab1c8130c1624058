using System.Globalization;
using System.Text.Json;
using MarketoLambda.Sources.Json;
using MarketoLambda.Sync.Sources;

namespace MarketoLambda.Sources.Passes;

/// <summary>Where the reading of a table stands, as it is kept in <see cref="Checkpoint.Resume"/>.</summary>
/// <param name="Unfinished">The pass under way; null between two.</param>
/// <param name="FullPass">Upper bound of the last pass over all rows; null where nothing asks for it.</param>
internal sealed record PassPosition(UnfinishedPass? Unfinished, DateTimeOffset? FullPass)
{
    /// <summary>What the source showed when the last pass began, or the one under way; null where it cannot lag.</summary>
    public DateTimeOffset? Shown { get; init; }

    /// <summary>What was read above the mark when the last pass ended; null where nothing was.</summary>
    public ReadAhead? Ahead { get; init; }

    private const int Version = 1;
    private const string CursorFormat = "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK";

    /// <exception cref="Sync.Sources.SourceException">The position is in no form that this program writes.</exception>
    public static PassPosition Parse(Checkpoint checkpoint) =>
        checkpoint.Resume is null ? new(null, null) : ResumeJson.Parse(checkpoint.Resume, Read);

    /// <summary>The position as readable JSON; null where there is nothing to remember.</summary>
    public string? ToJson() => this is { Unfinished: null, FullPass: null, Shown: null, Ahead: null } ? null : ResumeJson.Text(json =>
    {
        json.WriteNumber("v", Version);
        ResumeJson.WriteInstant(json, "full", FullPass);
        ResumeJson.WriteInstant(json, "mark", Unfinished?.Bounds.Mark ?? Ahead?.Mark);
        ResumeJson.WriteInstant(json, "shown", Unfinished?.Bounds.Shown ?? Shown);
        ResumeJson.WriteInstant(json, "read", Ahead?.Until);
        if (Unfinished is { Bounds: var bounds, Last: var last })
        {
            ResumeJson.WriteInstant(json, "lower", bounds.Lower);
            ResumeJson.WriteInstant(json, "upper", bounds.Upper);
            json.WriteString("ts", last.Cursor.ToString(CursorFormat, CultureInfo.InvariantCulture));
            json.WriteString("id", last.Id);
            ResumeJson.WriteText(json, "memo", last.Bookmark);
        }
    });

    private static PassPosition Read(JsonElement json)
    {
        DateTimeOffset? full = null, lower = null, upper = null, mark = null, shown = null, read = null;
        DateTime? cursor = null;
        string? id = null, bookmark = null;
        long? version = null;
        foreach (var member in json.EnumerateObject())
        {
            switch (member.Name)
            {
                case "v": version = member.Value.GetInt64(); break;
                case "full": full = ResumeJson.Instant(member.Value); break;
                case "mark": mark = ResumeJson.Instant(member.Value); break;
                case "shown": shown = ResumeJson.Instant(member.Value); break;
                case "read": read = ResumeJson.Instant(member.Value); break;
                case "lower": lower = ResumeJson.Instant(member.Value); break;
                case "upper": upper = ResumeJson.Instant(member.Value); break;
                case "ts": cursor = Cursor(ResumeJson.Text(member.Value)); break;
                case "id": id = ResumeJson.Text(member.Value); break;
                case "memo": bookmark = ResumeJson.Text(member.Value); break;
                default: throw new FormatException("unknown member");
            }
        }

        if (version != Version)
        {
            throw new FormatException("unknown version");
        }

        return (lower, upper, cursor, id, read) switch
        {
            (null, null, null, null, null) when mark is null => new(null, full) { Shown = shown },
            (null, null, null, null, { } until) when mark is not null && shown is not null => new(null, full)
            {
                Shown = shown,
                Ahead = new ReadAhead(mark.Value, until),
            },
            (_, { } end, { } time, { } name, null) => new(
                new UnfinishedPass(
                    new PassBounds(lower, end) { Mark = mark, Shown = shown },
                    new CursorPlace(time, name) { Bookmark = bookmark }
                ),
                full)
            {
                Shown = shown,
            },
            _ => throw new FormatException("half a position in a pass"),
        };
    }

    private static DateTime Cursor(string text)
    {
        var cursor = DateTime.ParseExact(text, CursorFormat, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind);
        return cursor.Kind != DateTimeKind.Local ? cursor : throw new FormatException("a zone of its own");
    }
}

/// <summary>A pass of which only the first rows are finished.</summary>
/// <param name="Bounds">Fixed when it began.</param>
/// <param name="Last">The last finished row, or where it stood: it may be gone.</param>
internal sealed record UnfinishedPass(PassBounds Bounds, CursorPlace Last);

/// <summary>
/// Rows of a replica that were read although the mark has to stay below them. As long as it shows the same, they need not be read again.
/// </summary>
/// <param name="Mark">Where the mark stood then, or lower.</param>
/// <param name="Until">All rows below were read.</param>
internal sealed record ReadAhead(DateTimeOffset Mark, DateTimeOffset Until);
