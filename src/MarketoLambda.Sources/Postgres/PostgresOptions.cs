using MarketoLambda.Sources.Passes;
using MarketoLambda.Sync.Sources;

namespace MarketoLambda.Sources.Postgres;

/// <summary>What a job reads from a server.</summary>
internal sealed record PostgresOptions
{
    public required PostgresConnection Connection { get; init; }

    /// <summary>The table or query.</summary>
    public required Relation Relation { get; init; }

    /// <summary>Column with the time of a row's last change.</summary>
    public required string Cursor { get; init; }

    /// <summary>Columns that make rows with one cursor unique.</summary>
    public required IReadOnlyList<string> Ids { get; init; }

    /// <summary>The zone of times that carry none.</summary>
    public SourceConventions Conventions { get; init; } = SourceConventions.Invariant with { IsWrittenByProgram = true };

    public PassOptions Passes { get; init; } = new();
}

/// <summary>A table, view or query, and how it is written in SQL.</summary>
/// <param name="Name">For people.</param>
/// <param name="Sql">What follows <c>from</c>.</param>
/// <param name="IsQuery">It is a query of the job file.</param>
internal sealed record Relation(string Name, string Sql, bool IsQuery)
{
    /// <summary>The schema, as SQL writes it; null where the table's name has none.</summary>
    public string? Schema { get; private init; }

    public static Relation OfQuery(string query) => new("the query", $"({query.Trim().TrimEnd(';')}\n)", IsQuery: true);

    /// <param name="name">With or without a schema; a name that has dots itself needs a query.</param>
    public static Relation OfTable(string name) => new(name, string.Join('.', name.Split('.').Select(Quote)), IsQuery: false)
    {
        Schema = name.Split('.') is [var schema, _] ? Quote(schema) : null,
    };

    /// <summary>A name as SQL takes it literally, casing included.</summary>
    public static string Quote(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
