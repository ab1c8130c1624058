using System.Text.Json;
using MarketoLambda.Marketo.Wire;
using Refit;

namespace MarketoLambda.Marketo.CustomObjects;

/// <summary>Marketo's endpoints for the records of custom objects. Source: Adobe, swagger-mapi, "Custom Objects".</summary>
internal interface ICustomObjectsApi
{
    [Get("/rest/v1/customobjects/{apiName}/describe.json")]
    Task<ApiResponse<MarketoResponse<DescribedObject>>> DescribeAsync(
        string apiName, [Authorize] string accessToken, CancellationToken cancellationToken);

    [Get("/rest/v1/customobjects/{apiName}.json")]
    Task<ApiResponse<MarketoResponse<JsonElement>>> QueryAsync(
        string apiName, string filterType, string filterValues, string? fields, int batchSize, string? nextPageToken,
        [Authorize] string accessToken, CancellationToken cancellationToken);

    /// <summary>The same query in the body, for an address that would be too long.</summary>
    [Post("/rest/v1/customobjects/{apiName}.json?_method=GET")]
    Task<ApiResponse<MarketoResponse<JsonElement>>> QueryByFormAsync(
        string apiName, [Body(BodySerializationMethod.UrlEncoded)] QueryForm form, [Authorize] string accessToken, CancellationToken cancellationToken);

    /// <summary>The same query as JSON, for values that hold a comma.</summary>
    [Post("/rest/v1/customobjects/{apiName}.json?_method=GET")]
    Task<ApiResponse<MarketoResponse<JsonElement>>> QueryByJsonAsync(
        string apiName, [Body(buffered: true)] QueryJson query, [Authorize] string accessToken, CancellationToken cancellationToken);

    [Post("/rest/v1/customobjects/{apiName}.json")]
    Task<ApiResponse<MarketoResponse<WrittenRecord>>> SyncAsync(
        string apiName, [Body(buffered: true)] SyncRequest request, [Authorize] string accessToken, CancellationToken cancellationToken);

    [Post("/rest/v1/customobjects/{apiName}/delete.json")]
    Task<ApiResponse<MarketoResponse<WrittenRecord>>> DeleteAsync(
        string apiName, [Body(buffered: true)] DeleteRequest request, [Authorize] string accessToken, CancellationToken cancellationToken);
}
