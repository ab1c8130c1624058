namespace MarketoLambda.Marketo.Records;

/// <summary>Body of a sync call. <see cref="SyncRequestSize"/> relies on the order and number of members.</summary>
internal sealed record SyncRequest(string Action, string DedupeBy, IReadOnlyList<EncodedRecord> Input);

/// <summary>Body of a delete call.</summary>
internal sealed record DeleteRequest(string DeleteBy, IReadOnlyList<EncodedRecord> Input);
