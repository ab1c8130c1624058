using MarketoLambda.Sync.Sources;

namespace MarketoLambda.Sources.Postgres;

/// <summary>The columns of a table, for whoever writes a job for it.</summary>
/// <param name="All">Their names, in the table's order.</param>
/// <param name="Stamps">Those that may tell a row's last change; the likeliest first.</param>
/// <param name="Ids">The primary key; none where the table has none.</param>
internal sealed record PostgresColumns(IReadOnlyList<string> All, IReadOnlyList<string> Stamps, IReadOnlyList<string> Ids)
{
    private const string PrimaryKey = """
        select attribute.attname::text
        from pg_index index join pg_attribute attribute on attribute.attrelid = index.indrelid and attribute.attnum = any(index.indkey)
        where index.indrelid = to_regclass($1) and index.indisprimary
        order by array_position(index.indkey::int2[], attribute.attnum)
        """;

    private static readonly string[] StampTypes = ["timestamp with time zone", "timestamp without time zone", "date"];

    private static readonly string[] StampWords = ["updat", "modif", "chang", "geaend", "stamp", "sync", "creat"];

    /// <exception cref="SourceException">The server cannot be reached, or has no such table.</exception>
    public static async Task<PostgresColumns> ReadAsync(PostgresOptions options, CancellationToken cancellationToken)
    {
        await using PostgresSession session = new(options.Connection, options.Relation);
        _ = await PostgresCatalog.FindAsync(session, options.Relation, cancellationToken);
        var columns = await session.DescribeAsync($"select * from {options.Relation.Sql}", cancellationToken);
        var types = await PostgresCatalog.TypesAsync(session, [.. columns.Select(column => column.Type).Distinct()], cancellationToken);
        var ids = await session.AskAsync(
            PrimaryKey, [PostgresCatalog.Text(options.Relation.Sql)], row => row.GetString(0), cancellationToken);
        var stamps = columns
            .Select(column => (column.Name, Kind: Array.IndexOf(StampTypes, types.GetValueOrDefault(column.Type)?.Name)))
            .Where(column => column.Kind >= 0)
            .OrderBy(column => Rank(column.Name))
            .ThenBy(column => column.Kind);
        return new PostgresColumns([.. columns.Select(column => column.Name)], [.. stamps.Select(column => column.Name)], ids);
    }

    private static int Rank(string name)
    {
        var rank = Array.FindIndex(StampWords, word => name.Contains(word, StringComparison.OrdinalIgnoreCase));
        return rank < 0 ? StampWords.Length : rank;
    }
}
