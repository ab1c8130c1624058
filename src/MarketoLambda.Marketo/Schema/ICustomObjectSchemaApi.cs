using MarketoLambda.Marketo.Records;
using MarketoLambda.Marketo.Wire;
using Refit;

namespace MarketoLambda.Marketo.Schema;

/// <summary>Marketo's endpoints for custom object types. Source: Adobe, swagger-mapi, "Custom Objects", schema.</summary>
internal interface ICustomObjectSchemaApi
{
    [Get("/rest/v1/customobjects/schema.json")]
    Task<ApiResponse<MarketoResponse<DescribedType>>> ListAsync([Authorize] string accessToken, CancellationToken cancellationToken);

    [Get("/rest/v1/customobjects/schema/{apiName}/describe.json")]
    Task<ApiResponse<MarketoResponse<DescribedType>>> DescribeAsync(
        string apiName, string? state, [Authorize] string accessToken, CancellationToken cancellationToken);

    [Get("/rest/v1/customobjects/schema/linkableObjects.json")]
    Task<ApiResponse<MarketoResponse<DescribedRecordType>>> ListLinkableAsync(
        [Authorize] string accessToken, CancellationToken cancellationToken);

    [Post("/rest/v1/customobjects/schema.json")]
    Task<ApiResponse<MarketoResponse<Nothing>>> CreateAsync(
        [Body(buffered: true)] CreateTypeRequest request, [Authorize] string accessToken, CancellationToken cancellationToken);

    [Post("/rest/v1/customobjects/schema/{apiName}/addField.json")]
    Task<ApiResponse<MarketoResponse<Nothing>>> AddFieldsAsync(
        string apiName,
        [Body(buffered: true)] AddFieldsRequest request,
        [Authorize] string accessToken,
        CancellationToken cancellationToken);

    [Post("/rest/v1/customobjects/schema/{apiName}/approve.json")]
    Task<ApiResponse<MarketoResponse<Nothing>>> ApproveAsync(
        string apiName,
        [Authorize] string accessToken,
        CancellationToken cancellationToken);
}
