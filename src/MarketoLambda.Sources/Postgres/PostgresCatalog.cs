using MarketoLambda.Sync.Sources;
using MarketoLambda.Sync.Wording;
using Npgsql;
using NpgsqlTypes;

namespace MarketoLambda.Sources.Postgres;

/// <summary>Asks a server's catalog about tables and types.</summary>
internal static class PostgresCatalog
{
    private const string Facts = """
        select attribute.attname::text,
               attribute.attnotnull,
               exists (select 1 from pg_index index
                       where index.indrelid = attribute.attrelid and index.indkey[0] = attribute.attnum
                             and index.indisvalid and index.indpred is null),
               class.relkind::text
        from pg_attribute attribute join pg_class class on class.oid = attribute.attrelid
        where attribute.attrelid = to_regclass($1) and attribute.attnum > 0 and not attribute.attisdropped
        """;

    private const string Tables = """
        select case when pg_table_is_visible(class.oid) then class.relname::text else schema.nspname || '.' || class.relname end
        from pg_class class join pg_namespace schema on schema.oid = class.relnamespace
        where class.relkind in ('r', 'v', 'm', 'p', 'f') and schema.nspname not in ('pg_catalog', 'information_schema', 'pg_toast')
        """;

    // Minus one: of any length. Without it "bit" would be one bit, and an id that is cut cannot be found again.
    private const string Types =
        "select oid, format_type(oid, -1), typcollation <> 0 from pg_type where oid::text = any(string_to_array($1, ' '))";

    /// <summary>What the catalog says of a table's columns.</summary>
    /// <exception cref="SourceException">There is no such table.</exception>
    public static async Task<TableFacts> FindAsync(PostgresSession session, Relation table, CancellationToken cancellationToken)
    {
        var columns = await session.AskAsync(
            Facts,
            [Text(table.Sql)],
            row => (Name: row.GetString(0), IsFilled: row.GetBoolean(1), IsIndexed: row.GetBoolean(2), Kind: row.GetString(3)),
            cancellationToken);
        return columns.Count > 0
            ? new TableFacts(
                [.. columns.Where(column => column.IsFilled).Select(column => column.Name)],
                [.. columns.Where(column => column.IsIndexed).Select(column => column.Name)],
                IndexingOf(columns[0].Kind))
            : throw await UnknownAsync(session, table, cancellationToken);
    }

    /// <summary>The types with these numbers.</summary>
    public static async Task<Dictionary<uint, ColumnType>> TypesAsync(
        PostgresSession session,
        IReadOnlyList<uint> types,
        CancellationToken cancellationToken
    ) =>
        (
            await session.AskAsync(
                Types,
                [Text(string.Join(' ', types))],
                row => (Number: row.GetFieldValue<uint>(0), Type: new ColumnType(row.GetString(1), row.GetBoolean(2))),
                cancellationToken)
        ).ToDictionary(type => type.Number, type => type.Type);

    public static NpgsqlParameter Instant(DateTimeOffset value) =>
        new NpgsqlParameter<DateTime> { TypedValue = value.UtcDateTime, NpgsqlDbType = NpgsqlDbType.TimestampTz };

    public static NpgsqlParameter Interval(TimeSpan value) =>
        new NpgsqlParameter<TimeSpan> { TypedValue = value, NpgsqlDbType = NpgsqlDbType.Interval };

    public static NpgsqlParameter Text(string value) =>
        new NpgsqlParameter<string> { TypedValue = value, NpgsqlDbType = NpgsqlDbType.Text };

    private static Indexing IndexingOf(string kind) => kind switch
    {
        "r" or "m" => Indexing.WhileInUse,
        "p" => Indexing.WithLock,
        _ => Indexing.None,
    };

    private static async Task<SourceException> UnknownAsync(PostgresSession session, Relation table, CancellationToken cancellationToken)
    {
        var tables = await session.AskAsync(Tables, [], row => row.GetString(0), cancellationToken);
        return new SourceException(
            $"There is no table {table.Name}{NearName.Instead(table.Name, tables, "tables and views", WithoutSchema)}; correct \"table\" "
                + "in the job file");

        static string WithoutSchema(string name) => name.Split('.')[^1];
    }
}

/// <summary>What the catalog says of a table's columns; nothing of a view's or a query's.</summary>
/// <param name="Filled">Columns that cannot be empty.</param>
/// <param name="Indexed">Columns with which an index of all rows begins.</param>
/// <param name="Indexing">How an index is made for it.</param>
internal sealed record TableFacts(HashSet<string> Filled, HashSet<string> Indexed, Indexing Indexing)
{
    public static TableFacts OfQuery { get; } = new([], [], Indexing.None);
}

/// <summary>How an index is made.</summary>
internal enum Indexing
{
    /// <summary>Not at all: a view, a foreign table, a query.</summary>
    None,

    /// <summary>While the table is in use.</summary>
    WhileInUse,

    /// <summary>Only with a lock: a partitioned table.</summary>
    WithLock,
}
