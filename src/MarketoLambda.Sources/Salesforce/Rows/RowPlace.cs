namespace MarketoLambda.Sources.Salesforce.Rows;

/// <summary>A place in the order of (second, id).</summary>
/// <param name="Second">All rows of earlier seconds are behind it.</param>
/// <param name="Id">Of its own second, those up to this id are too; null for none.</param>
internal sealed record RowPlace(DateTimeOffset Second, string? Id)
{
    public static RowPlace From(SalesforceRow row) => new(row.Second, row.Id);
}

/// <summary>Some rows, in order.</summary>
/// <param name="Rows">None, where they are still being prepared or where none is left.</param>
/// <param name="HasMore">There may be rows behind them: ask again.</param>
internal sealed record RowPage(IReadOnlyList<SalesforceRow> Rows, bool HasMore)
{
    /// <summary>Nothing came of it this time; ask again.</summary>
    public static RowPage NotYet { get; } = new([], HasMore: true);

    public static RowPage End { get; } = new([], HasMore: false);
}
