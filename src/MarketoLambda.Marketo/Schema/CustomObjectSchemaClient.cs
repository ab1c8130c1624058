using MarketoLambda.Marketo.Calls;
using MarketoLambda.Marketo.Errors;
using MarketoLambda.Marketo.Pipeline;
using MarketoLambda.Marketo.Records;
using MarketoLambda.Marketo.Wire;

namespace MarketoLambda.Marketo.Schema;

/// <summary>Creates custom object types and adds fields to them.</summary>
/// <remarks>
/// Needs the Custom Object Metadata API (else <see cref="MarketoAuthorizationException"/> with code 616) and the permission
/// "Read-Write Custom Object Type". Every change makes a draft; <see cref="ApproveAsync"/> makes it count.
/// A change that was repeated after an unclear answer may be refused because the first try had succeeded: describe the type to find out.
/// </remarks>
public sealed class CustomObjectSchemaClient
{
    private readonly ICustomObjectSchemaApi _api;
    private readonly CallPipeline _calls;

    internal CustomObjectSchemaClient(ICustomObjectSchemaApi api, CallPipeline calls)
    {
        _api = api;
        _calls = calls;
    }

    /// <summary>All types of the subscription, approved or not, whoever made them.</summary>
    public async Task<IReadOnlyList<CustomObjectType>> ListAsync(CancellationToken cancellationToken)
    {
        var response = await _calls.SendAsync<DescribedType>(
            CallKind.ReadSchema,
            _api.ListAsync,
            answer => answer.IsWhole,
            cancellationToken);
        return [.. response.Elements.Select(type => type.ToType())];
    }

    /// <summary>One type, or null when there is none of that name and state.</summary>
    /// <param name="apiName">Its API name.</param>
    /// <param name="state">Which version; null for the approved one, or the draft where none is approved.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<CustomObjectType?> DescribeAsync(string apiName, CustomObjectTypeState? state, CancellationToken cancellationToken)
    {
        var word = state is { } known ? DescribedType.WordFor(known) : null;
        return await Absent.AsNullAsync(async () =>
        {
            var response = await _calls.SendAsync<DescribedType>(
                CallKind.ReadSchema,
                (token, giveUp) => _api.DescribeAsync(apiName, word, token, giveUp),
                answer => answer.IsWhole,
                cancellationToken);
            return response.Elements.FirstOrDefault()?.ToType();
        });
    }

    /// <summary>What a link field may point at: leads, companies, and objects without a link of their own; of each the fields for
    /// it.</summary>
    public async Task<IReadOnlyList<RecordTypeDescription>> ListLinkableAsync(CancellationToken cancellationToken)
    {
        var response = await _calls.SendAsync<DescribedRecordType>(
            CallKind.ReadSchema, _api.ListLinkableAsync, answer => answer.IsWhole, cancellationToken);
        return [.. response.Elements.Select(type => type.ToDescription(""))];
    }

    /// <summary>Creates the draft of a new type; refused when the name is taken.</summary>
    public Task CreateAsync(CustomObjectTypeDefinition type, CancellationToken cancellationToken)
    {
        var body = new CreateTypeRequest(
            "createOnly",
            type.ApiName,
            type.DisplayName,
            type.PluralName,
            type.Description,
            ShowInLeadDetail: false);
        return WriteAsync((token, giveUp) => _api.CreateAsync(body, token, giveUp), cancellationToken);
    }

    /// <summary>Adds fields to the draft of a type.</summary>
    /// <remarks>
    /// At most 50 fields, and 20 more after the first approval; dedupe fields only before it. Source: Adobe, rest-api/custom-objects.
    /// </remarks>
    public Task AddFieldsAsync(string apiName, IReadOnlyList<CustomObjectFieldDefinition> fields, CancellationToken cancellationToken) =>
        WriteAsync((token, giveUp) => _api.AddFieldsAsync(apiName, new AddFieldsRequest(fields), token, giveUp), cancellationToken);

    /// <summary>Makes the draft the version in use.</summary>
    public Task ApproveAsync(string apiName, CancellationToken cancellationToken) =>
        WriteAsync((token, giveUp) => _api.ApproveAsync(apiName, token, giveUp), cancellationToken);

    private async Task WriteAsync(Request<Nothing> request, CancellationToken cancellationToken) =>
        await _calls.SendAsync(CallKind.WriteSchema, request, _ => true, cancellationToken);
}
