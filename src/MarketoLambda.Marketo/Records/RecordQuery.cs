using System.Text.Json;
using MarketoLambda.Marketo.Wire;
using Refit;

namespace MarketoLambda.Marketo.Records;

/// <summary>One query for up to 300 values, in the shortest form that Marketo takes.</summary>
/// <param name="api">Sends it.</param>
/// <param name="path">Of the type.</param>
/// <param name="filterFields">What is searched by: one field, or all dedupe fields.</param>
/// <param name="values">Of each record looked for the values of these fields, in their order.</param>
/// <param name="fields">What is read; none means Marketo's own choice.</param>
internal sealed class RecordQuery(
    IRecordsApi api,
    string path,
    IReadOnlyList<string> filterFields,
    IReadOnlyList<IReadOnlyList<string>> values,
    IReadOnlyList<string> fields)
{
    /// <summary>Most values in one query. Source: Adobe, rest-api/lead-database, "Query".</summary>
    public const int MaxValues = 300;

    /// <summary>Longest address; Adobe says 8 KB, so stay below either reading of it. Source: error-codes, 414.</summary>
    public const int MaxUriBytes = 8000;

    private const int PageSize = 300;

    /// <summary>Path, parameter names and host.</summary>
    private const int UriBytesAround = 500;

    private readonly bool _needsJson = filterFields.Count > 1 || values.Any(value => value[0].Contains(',', StringComparison.Ordinal));

    public Task<ApiResponse<MarketoResponse<JsonElement>>> SendAsync(
        string? pageToken,
        string accessToken,
        CancellationToken cancellationToken)
    {
        if (_needsJson)
        {
            return api.QueryByJsonAsync(path, Json(pageToken), accessToken, cancellationToken);
        }

        var filterType = filterFields[0];
        var joinedValues = string.Join(',', values.Select(value => value[0]));
        var joinedFields = fields.Count == 0 ? null : string.Join(',', fields);
        return UriBytes(filterType, joinedValues, joinedFields, pageToken) > MaxUriBytes
            ? api.QueryByFormAsync(
                path,
                new QueryForm
                {
                    FilterType = filterType,
                    FilterValues = joinedValues,
                    Fields = joinedFields,
                    BatchSize = PageSize,
                    NextPageToken = pageToken,
                },
                accessToken,
                cancellationToken)
            : api.QueryAsync(path, filterType, joinedValues, joinedFields, PageSize, pageToken, accessToken, cancellationToken);
    }

    /// <summary>
    /// No escape is documented for a comma in <c>filterValues</c>. The JSON form is documented for the dedupe key alone, under this alias,
    /// and is the only one that spells a key of several fields.
    /// </summary>
    private QueryJson Json(string? pageToken) =>
        new()
        {
            FilterType = WireNames.From(DedupeBy.DedupeFields),
            Fields = fields.Count == 0 ? null : fields,
            BatchSize = PageSize,
            NextPageToken = pageToken,
            Input =
            [
                .. values.Select(value =>
                    filterFields.Zip(value).ToDictionary(pair => pair.First, pair => pair.Second, StringComparer.Ordinal)),
            ],
        };

    private int UriBytes(params ReadOnlySpan<string?> parts)
    {
        var bytes = UriBytesAround + Uri.EscapeDataString(path).Length;
        foreach (var part in parts)
        {
            bytes += part is null ? 0 : Uri.EscapeDataString(part).Length;
        }

        return bytes;
    }
}
