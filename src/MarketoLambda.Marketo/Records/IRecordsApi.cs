using System.Text.Json;
using MarketoLambda.Marketo.Wire;
using Refit;

namespace MarketoLambda.Marketo.Records;

/// <summary>The interface that custom objects, companies and most other types of records share: only the path differs.</summary>
/// <remarks>Source: Adobe, rest-api/lead-database, and swagger-mapi, "Custom Objects", "Companies".</remarks>
internal interface IRecordsApi
{
    [Get("/rest/v1/{**path}/describe.json")]
    Task<ApiResponse<MarketoResponse<DescribedRecordType>>> DescribeAsync(
        string path,
        [Authorize] string accessToken,
        CancellationToken cancellationToken);

    /// <summary>All types of the kind; only of custom objects there are several.</summary>
    [Get("/rest/v1/{**path}.json")]
    Task<ApiResponse<MarketoResponse<DescribedRecordType>>> ListAsync(
        string path,
        [Authorize] string accessToken,
        CancellationToken cancellationToken);

    [Get("/rest/v1/{**path}.json")]
    Task<ApiResponse<MarketoResponse<JsonElement>>> QueryAsync(
        string path, string filterType, string filterValues, string? fields, int batchSize, string? nextPageToken,
        [Authorize] string accessToken, CancellationToken cancellationToken);

    /// <summary>The same query in the body, for an address that would be too long.</summary>
    [Post("/rest/v1/{**path}.json?_method=GET")]
    Task<ApiResponse<MarketoResponse<JsonElement>>> QueryByFormAsync(
        string path,
        [Body(BodySerializationMethod.UrlEncoded)] QueryForm form,
        [Authorize] string accessToken,
        CancellationToken cancellationToken);

    /// <summary>The same query as JSON, for values that hold a comma.</summary>
    [Post("/rest/v1/{**path}.json?_method=GET")]
    Task<ApiResponse<MarketoResponse<JsonElement>>> QueryByJsonAsync(
        string path, [Body(buffered: true)] QueryJson query, [Authorize] string accessToken, CancellationToken cancellationToken);

    [Post("/rest/v1/{**path}.json")]
    Task<ApiResponse<MarketoResponse<WrittenRecord>>> SyncAsync(
        string path, [Body(buffered: true)] SyncRequest request, [Authorize] string accessToken, CancellationToken cancellationToken);

    [Post("/rest/v1/{**path}/delete.json")]
    Task<ApiResponse<MarketoResponse<WrittenRecord>>> DeleteAsync(
        string path, [Body(buffered: true)] DeleteRequest request, [Authorize] string accessToken, CancellationToken cancellationToken);
}
