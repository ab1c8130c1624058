using MarketoLambda.Marketo.Calls;

namespace MarketoLambda.Marketo.Records;

/// <summary>Where the records of one type are reached.</summary>
/// <param name="Path">Behind <c>/rest/v1/</c>, not escaped: <c>customobjects/car_c</c>, <c>companies</c>.</param>
/// <param name="Name">API name of the type, where <em>describe</em> does not say it.</param>
/// <param name="IdField">Name of Marketo's own id.</param>
internal sealed record RecordEndpoint(string Path, string Name, string IdField)
{
    /// <summary>A sync call, with the longest time Marketo works on one.</summary>
    public CallKind Sync { get; init; } = CallKind.Sync;

    /// <summary>A delete call, with the longest time Marketo works on one.</summary>
    public CallKind Delete { get; init; } = CallKind.Delete;
}
