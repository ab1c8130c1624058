namespace MarketoLambda.Sources.Salesforce.Rows;

/// <summary>A query that is being read.</summary>
/// <param name="Soql">Its text.</param>
/// <param name="From">First second; null for all from the beginning.</param>
/// <param name="Until">First second that is not wanted.</param>
internal sealed record OpenQuery(string Soql, DateTimeOffset? From, DateTimeOffset Until)
{
    /// <summary>It is sorted by id alone.</summary>
    public bool IsOfOneSecond { get; init; }

    public bool IsFirstPage { get; set; }

    /// <summary>The locator of the next page; null before the first and behind the last.</summary>
    public string? NextPage { get; set; }
}
