using MarketoLambda.Marketo.Records;
using MarketoLambda.Marketo.Wire;
using Refit;

namespace MarketoLambda.Marketo.Programs;

/// <summary>Marketo's endpoints for programs and their members.</summary>
/// <remarks>Source: Adobe, swagger-mapi, "Program Members", and asset API, "Programs".</remarks>
internal interface IProgramsApi
{
    [Get("/rest/asset/v1/program/{id}.json")]
    Task<ApiResponse<MarketoResponse<DescribedProgram>>> FindAsync(
        long id,
        [Authorize] string accessToken,
        CancellationToken cancellationToken);

    [Get("/rest/asset/v1/channel/byName.json")]
    Task<ApiResponse<MarketoResponse<DescribedChannel>>> FindChannelAsync(
        string name,
        [Authorize] string accessToken,
        CancellationToken cancellationToken);

    [Get("/rest/v1/programs/members/describe.json")]
    Task<ApiResponse<MarketoResponse<DescribedRecordType>>> DescribeMembersAsync(
        [Authorize] string accessToken,
        CancellationToken cancellationToken);

    [Post("/rest/v1/programs/{id}/members/status.json")]
    Task<ApiResponse<MarketoResponse<WrittenRecord>>> SetStatusAsync(
        long id,
        [Body(buffered: true)] MemberStatusRequest request,
        [Authorize] string accessToken,
        CancellationToken cancellationToken);

    [Post("/rest/v1/programs/{id}/members.json")]
    Task<ApiResponse<MarketoResponse<WrittenRecord>>> UpdateAsync(
        long id,
        [Body(buffered: true)] MembersRequest request,
        [Authorize] string accessToken,
        CancellationToken cancellationToken);

    [Post("/rest/v1/programs/{id}/members/delete.json")]
    Task<ApiResponse<MarketoResponse<WrittenRecord>>> DeleteAsync(
        long id,
        [Body(buffered: true)] MemberIdsRequest request,
        [Authorize] string accessToken,
        CancellationToken cancellationToken);
}
