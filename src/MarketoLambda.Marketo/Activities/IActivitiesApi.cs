using MarketoLambda.Marketo.Records;
using MarketoLambda.Marketo.Wire;
using Refit;

namespace MarketoLambda.Marketo.Activities;

/// <summary>Marketo's endpoints for custom activities. Source: Adobe, swagger-mapi, "Activities".</summary>
internal interface IActivitiesApi
{
    [Get("/rest/v1/activities/external/types.json")]
    Task<ApiResponse<MarketoResponse<DescribedActivityType>>> ListTypesAsync(
        [Authorize] string accessToken,
        CancellationToken cancellationToken);

    [Post("/rest/v1/activities/external.json")]
    Task<ApiResponse<MarketoResponse<WrittenRecord>>> AddAsync(
        [Body(buffered: true)] ActivitiesRequest request,
        [Authorize] string accessToken,
        CancellationToken cancellationToken);
}
