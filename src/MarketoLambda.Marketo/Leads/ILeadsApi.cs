using MarketoLambda.Marketo.Records;
using MarketoLambda.Marketo.Wire;
using Refit;

namespace MarketoLambda.Marketo.Leads;

/// <summary>Marketo's endpoints for leads, where they differ from those of other records. Source: Adobe, swagger-mapi, "Leads".</summary>
internal interface ILeadsApi
{
    [Get("/rest/v1/leads/describe2.json")]
    Task<ApiResponse<MarketoResponse<DescribedRecordType>>> Describe2Async(
        [Authorize] string accessToken,
        CancellationToken cancellationToken);

    [Get("/rest/v1/leads/describe.json")]
    Task<ApiResponse<MarketoResponse<DescribedLeadField>>> DescribeAsync(
        [Authorize] string accessToken,
        CancellationToken cancellationToken);

    [Post("/rest/v1/leads.json")]
    Task<ApiResponse<MarketoResponse<WrittenRecord>>> SyncAsync(
        [Body(buffered: true)] LeadSyncRequest request,
        [Authorize] string accessToken,
        CancellationToken cancellationToken);

    [Post("/rest/v1/leads/delete.json")]
    Task<ApiResponse<MarketoResponse<WrittenRecord>>> DeleteAsync(
        [Body(buffered: true)] LeadIdsRequest request,
        [Authorize] string accessToken,
        CancellationToken cancellationToken);
}
