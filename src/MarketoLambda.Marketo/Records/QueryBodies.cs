namespace MarketoLambda.Marketo.Records;

/// <summary>A query as a form.</summary>
internal sealed class QueryForm
{
    [Refit.AliasAs("filterType")]
    public required string FilterType { get; init; }

    [Refit.AliasAs("filterValues")]
    public required string FilterValues { get; init; }

    [Refit.AliasAs("fields")]
    public string? Fields { get; init; }

    [Refit.AliasAs("batchSize")]
    public int BatchSize { get; init; }

    [Refit.AliasAs("nextPageToken")]
    public string? NextPageToken { get; init; }
}

/// <summary>A query as JSON.</summary>
internal sealed record QueryJson
{
    public required string FilterType { get; init; }

    public IReadOnlyList<string>? Fields { get; init; }

    public int BatchSize { get; init; }

    public string? NextPageToken { get; init; }

    public required IReadOnlyList<Dictionary<string, string>> Input { get; init; }
}
