using System.Text.Json;
using System.Text.Json.Serialization;

namespace MarketoLambda.Marketo.Wire;

/// <summary>Marketo's envelope around every answer but the token's.</summary>
/// <remarks>Source: Adobe, rest-api/error-codes. On failure there is no result, on success there are no errors.</remarks>
internal sealed record MarketoResponse<T>
{
    public string? RequestId { get; init; }

    public bool? Success { get; init; }

    public IReadOnlyList<T?>? Result { get; init; }

    public IReadOnlyList<CodeAndMessage?>? Errors { get; init; }

    /// <summary>Leads to the next page; absent on the last.</summary>
    public string? NextPageToken { get; init; }

    public bool? MoreResult { get; init; }

    /// <summary>There is a result, and nothing where an element of it should be: the rest of it is then not believed either.</summary>
    public bool IsWhole =>
        Result is not null && !Result.Any(element => element is null or JsonElement { ValueKind: not JsonValueKind.Object });

    /// <summary>The elements of the result.</summary>
    public IEnumerable<T> Elements => (Result ?? []).OfType<T>();
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
