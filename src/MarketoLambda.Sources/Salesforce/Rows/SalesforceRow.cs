using MarketoLambda.Sources.Salesforce.Client;
using MarketoLambda.Sources.Salesforce.Fields;
using MarketoLambda.Sync.Values;

namespace MarketoLambda.Sources.Salesforce.Rows;

/// <summary>A record as it was read.</summary>
/// <param name="Stamp">When it was last changed, as Salesforce tells it.</param>
/// <param name="Id">18 characters.</param>
/// <param name="IsDeleted">It lies in the recycle bin.</param>
/// <param name="Values">Values of the job's columns.</param>
internal sealed record SalesforceRow(DateTimeOffset Stamp, string Id, bool IsDeleted, object?[] Values)
{
    /// <summary>The second it belongs to: all that order and bounds go by.</summary>
    public DateTimeOffset Second { get; } = WholeSeconds.Floor(Stamp);

    /// <summary>By second and id. Ids are compared as Salesforce sorts them: digits, capitals, small letters.</summary>
    public static int Compare(SalesforceRow left, SalesforceRow right) =>
        left.Second != right.Second ? left.Second.CompareTo(right.Second) : string.CompareOrdinal(left.Id, right.Id);
}

/// <summary>What is selected: the job's columns, and the three every row needs.</summary>
internal sealed class Selection
{
    public const string Id = "Id";
    public const string Stamp = "SystemModstamp";
    public const string IsDeleted = "IsDeleted";

    public Selection(IReadOnlyList<SalesforceColumn> columns, bool withDeleted)
    {
        Columns = columns;
        WithDeleted = withDeleted;
        Needed = withDeleted ? [Id, Stamp, IsDeleted] : [Id, Stamp];
        Paths = [.. columns.Select(column => column.Path).Concat(Needed).Distinct(StringComparer.OrdinalIgnoreCase)];
    }

    /// <summary>The job's columns.</summary>
    public IReadOnlyList<SalesforceColumn> Columns { get; }

    public bool WithDeleted { get; }

    /// <summary>What every row needs.</summary>
    public IReadOnlyList<string> Needed { get; }

    /// <summary>Each field once: Salesforce refuses a query that names one twice.</summary>
    public IReadOnlyList<string> Paths { get; }

    /// <summary>A row of values looked up by path.</summary>
    /// <exception cref="SalesforceException">What was sent is no record: without a stamp and an id it has no place.</exception>
    public SalesforceRow Row(Func<string, string?> textOf) =>
        SalesforceValue.Parse("datetime", textOf(Stamp)) is DateTimeOffset stamp && textOf(Id) is { } id && RowIds.IsId(id)
            ? new SalesforceRow(stamp, id, WithDeleted
            && IsTrue(textOf(IsDeleted)), [.. Columns.Select(column => SalesforceValue.Parse(column.Type, textOf(column.Path)))])
            : throw SalesforceException.Misfit("holds a record without an id or without the time of its last change");

    private static bool IsTrue(string? text) =>
        bool.TryParse(text, out var flag) ? flag : throw SalesforceException.Misfit("does not tell whether a record is deleted");
}
