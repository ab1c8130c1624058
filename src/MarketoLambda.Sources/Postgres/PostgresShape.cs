using MarketoLambda.Sync.Sources;
using MarketoLambda.Sync.Wording;
using static MarketoLambda.Sources.Postgres.Relation;

namespace MarketoLambda.Sources.Postgres;

/// <summary>How the columns that are read are written in SQL, found in the server's own catalog.</summary>
/// <param name="Cursor">The cursor.</param>
/// <param name="CursorType">What it is.</param>
/// <param name="IsCursorNullable">It may be empty, as far as the catalog knows.</param>
/// <param name="MissingIndex">How an index that begins with it is made, where there is none; <see cref="Indexing.None"/> where it exists,
/// or nothing can be done.</param>
/// <param name="Ids">Expressions to order by behind the cursor.</param>
/// <param name="Values">Expressions of the values, all of them text.</param>
internal sealed record PostgresShape(
    string Cursor,
    CursorType CursorType,
    bool IsCursorNullable,
    Indexing MissingIndex,
    IReadOnlyList<IdColumn> Ids,
    IReadOnlyList<string> Values)
{
    private const string Money = "money";

    /// <exception cref="SourceException">Table or column does not exist, or is of a type that cannot serve.</exception>
    public static async Task<PostgresShape> ReadAsync(
        PostgresSession session,
        PostgresOptions options,
        IReadOnlyList<string> columns,
        CancellationToken cancellationToken)
    {
        var relation = options.Relation;
        var facts = relation.IsQuery ? TableFacts.OfQuery : await PostgresCatalog.FindAsync(session, relation, cancellationToken);
        var known = await session.DescribeAsync($"select * from {relation.Sql} as source", cancellationToken);
        ThrowIfUnknown(
            relation,
            known.Select(column => column.Name).ToList(),
            [("cursor", options.Cursor), .. options.Ids.Select(id => ("id", id)), .. columns.Select(column => ("fields", column))]);
        var types = await PostgresCatalog.TypesAsync(session, [.. known.Select(column => column.Type).Distinct()], cancellationToken);
        ColumnType TypeOf(string name) => types[known.First(column => column.Name == name).Type];

        return new PostgresShape(
            $"source.{Quote(options.Cursor)}",
            CursorTypeOf(TypeOf(options.Cursor).Name)
                ?? throw new SourceException(
                    $"\"{options.Cursor}\" of {relation.Name} is of type {TypeOf(options.Cursor).Name}, and a cursor must be timestamp, "
                        + "timestamptz or date; name another column in \"cursor\", or write a query that converts it"
                ),
            !facts.Filled.Contains(options.Cursor),
            facts.Indexed.Contains(options.Cursor) ? Indexing.None : facts.Indexing,
            [.. options.Ids.Select(id => IdColumn.From(id, TypeOf(id), mayBeEmpty: !facts.Filled.Contains(id)))],
            [.. columns.Select(column => $"source.{Quote(column)}{(TypeOf(column).Name == Money ? "::numeric" : "")}::text")]);
    }

    private static CursorType? CursorTypeOf(string type) => type switch
    {
        "timestamp with time zone" => Postgres.CursorType.Instant,
        "timestamp without time zone" => Postgres.CursorType.Wall,
        "date" => Postgres.CursorType.Day,
        _ => null,
    };

    private static void ThrowIfUnknown(Relation relation, List<string> known, IReadOnlyList<(string Setting, string Column)> wanted)
    {
        foreach (var (setting, column) in wanted.Where(wanted => !known.Contains(wanted.Column)))
        {
            var hint = NearName.Find(column, known) is { } near ? $" (did you mean \"{near}\"?)" : $"; it has {Quantity.List(known)}";
            throw new SourceException($"{relation.Name} has no column \"{column}\"{hint}; correct \"{setting}\" in the job file");
        }

        foreach (var (_, column) in wanted.Where(wanted => known.Count(name => name == wanted.Column) > 1))
        {
            var count = known.Count(name => name == column);
            throw new SourceException(
                $"{relation.Name} has {(count == 2 ? "two" : count)} columns \"{column}\"; name "
                    + $"{(count == 2 ? "one of them" : "all but one")} otherwise (as)"
            );
        }
    }
}

/// <summary>What a cursor column holds.</summary>
internal enum CursorType
{
    /// <summary>A point in time.</summary>
    Instant,

    /// <summary>What the clock on some wall showed.</summary>
    Wall,

    /// <summary>A day, on some wall's calendar.</summary>
    Day,
}

/// <summary>A type as SQL writes it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="IsText">Its order depends on a language.</param>
internal sealed record ColumnType(string Name, bool IsText);

/// <summary>A column that rows with one cursor are ordered by.</summary>
/// <param name="Order">As it is compared: text by its bytes, so that no language takes two ids for one.</param>
/// <param name="Text">As it is read.</param>
/// <param name="Cast">What makes the column's type of such a text.</param>
/// <param name="Index">As an index that serves this order has it.</param>
/// <param name="MayBeEmpty">The catalog does not forbid it.</param>
internal sealed record IdColumn(string Order, string Text, string Cast, string Index, bool MayBeEmpty)
{
    private const string ByBytes = "collate \"C\"";

    public static IdColumn From(string name, ColumnType type, bool mayBeEmpty)
    {
        var column = $"source.{Quote(name)}";
        return type.IsText
            ? new($"{column}::text {ByBytes}", $"{column}::text", "", $"{Quote(name)} {ByBytes}", mayBeEmpty)
            : new(column, $"{column}::text", $"::{type.Name}", Quote(name), mayBeEmpty);
    }
}
