using System.Text.Json.Serialization;
using MarketoLambda.Marketo.Leads;
using MarketoLambda.Marketo.Records;
using MarketoLambda.Marketo.Wire;
using Refit;

namespace MarketoLambda.Marketo.Lists;

/// <summary>Marketo's endpoints for the members of static lists. Source: Adobe, swagger-mapi, "Static Lists".</summary>
internal interface IStaticListsApi
{
    [Get("/rest/v1/lists/{id}.json")]
    Task<ApiResponse<MarketoResponse<DescribedList>>> FindAsync(
        long id,
        [Authorize] string accessToken,
        CancellationToken cancellationToken);

    [Post("/rest/v1/lists/{listId}/leads.json")]
    Task<ApiResponse<MarketoResponse<WrittenRecord>>> AddAsync(
        long listId,
        [Body(buffered: true)] LeadIdsRequest request,
        [Authorize] string accessToken,
        CancellationToken cancellationToken);

    [Delete("/rest/v1/lists/{listId}/leads.json")]
    Task<ApiResponse<MarketoResponse<WrittenRecord>>> RemoveAsync(
        long listId,
        [Query(CollectionFormat.Multi)] long[] id,
        [Authorize] string accessToken,
        CancellationToken cancellationToken);

    [Get("/rest/v1/lists/{listId}/leads/ismember.json")]
    Task<ApiResponse<MarketoResponse<ListedLead>>> AreMembersAsync(
        long listId,
        [Query(CollectionFormat.Multi)] long[] id,
        [Authorize] string accessToken,
        CancellationToken cancellationToken);
}

/// <summary>Whether a lead is in a list.</summary>
internal sealed record ListedLead
{
    [JsonConverter(typeof(LenientStringConverter))]
    public string? Id { get; init; }

    /// <summary><c>memberof</c>, <c>notmemberof</c> or <c>skipped</c>.</summary>
    public string? Status { get; init; }
}

/// <summary>A static list as it is answered.</summary>
internal sealed record DescribedList
{
    public string? Name { get; init; }
}
