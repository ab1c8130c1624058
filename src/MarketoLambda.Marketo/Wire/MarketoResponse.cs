using System.Text.Json.Serialization;

namespace MarketoLambda.Marketo.Wire;

/// <summary>Marketo's envelope around every answer but the token's.</summary>
/// <remarks>Source: Adobe, rest-api/error-codes. On failure there is no result, on success there are no errors.</remarks>
internal sealed record MarketoResponse<T>
{
    public string? RequestId { get; init; }

    public bool? Success { get; init; }

    public IReadOnlyList<T>? Result { get; init; }

    public IReadOnlyList<CodeAndMessage>? Errors { get; init; }

    /// <summary>Leads to the next page; absent on the last.</summary>
    public string? NextPageToken { get; init; }

    public bool? MoreResult { get; init; }
}

/// <summary>An error of a call, or the reason why a record was skipped.</summary>
internal sealed record CodeAndMessage
{
    [JsonConverter(typeof(LenientStringConverter))]
    public string? Code { get; init; }

    public string? Message { get; init; }
}

/// <summary>Result of calls that only say whether they succeeded.</summary>
internal sealed record Nothing;
