namespace MarketoLambda.Sources.Salesforce.Rows;

/// <summary>A query for some rows, and what its answer must be like.</summary>
/// <param name="Soql">Its text.</param>
/// <param name="From">First second; null for all from the beginning.</param>
/// <param name="Until">First second that is not wanted.</param>
/// <param name="Max">Most rows.</param>
internal sealed record RowQuery(string Soql, DateTimeOffset? From, DateTimeOffset Until, int Max)
{
    /// <summary>It asks for rows of one second behind this id, in the order of their ids, empty for all; null where it asks in the order
    /// of change.</summary>
    public string? BehindId { get; init; }

    public bool IsOfOneSecond => BehindId is not null;
}

/// <summary>The answer to a <see cref="RowQuery"/>.</summary>
/// <param name="Rows">In the order that was asked for.</param>
/// <param name="Announced">How many rows Salesforce says there are, up to the most that were asked for.</param>
/// <param name="IsLast">No row follows in the time that was asked for.</param>
internal sealed record QueryPage(IReadOnlyList<SalesforceRow> Rows, long Announced, bool IsLast);
