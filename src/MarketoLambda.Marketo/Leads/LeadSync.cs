using System.Text.Json;
using MarketoLambda.Marketo.Records;

namespace MarketoLambda.Marketo.Leads;

/// <summary>How a call finds and writes leads.</summary>
/// <param name="Action">What it may do with one.</param>
/// <param name="LookupField">The one field that tells whether a lead exists; every record holds it.</param>
/// <param name="Partition">Name of the lead partition; null for the default one.</param>
public sealed record LeadSync(SyncAction Action, string LookupField, string? Partition = null)
{
    /// <summary>Bytes of the whole body of a call.</summary>
    /// <param name="recordCount">Records in the call, from 0.</param>
    /// <param name="recordBytes">Sum of the lengths of their JSON.</param>
    public long Measure(int recordCount, long recordBytes) => EmptyBytes + recordBytes + Math.Max(0, recordCount - 1);

    private int EmptyBytes =>
        """{"action":"","lookupField":"","input":[]}""".Length
        + Bytes(WireNames.From(Action))
        + Bytes(LookupField)
        + (UsedPartition is { } partition ? ""","partitionName":"" """.TrimEnd().Length + Bytes(partition) : 0);

    /// <summary>An update creates nobody, so it says no partition.</summary>
    private string? UsedPartition => Action == SyncAction.UpdateOnly ? null : Partition;

    internal LeadSyncRequest Request(IReadOnlyList<EncodedRecord> records) =>
        new(WireNames.From(Action), LookupField, UsedPartition, records);

    private static int Bytes(string text) => JsonEncodedText.Encode(text).EncodedUtf8Bytes.Length;
}

/// <summary>Body of a sync call for leads. Source: Adobe, rest-api/leads, "Create and Update".</summary>
internal sealed record LeadSyncRequest(string Action, string LookupField, string? PartitionName, IReadOnlyList<EncodedRecord> Input);

/// <summary>Body of a call for leads that are named by their ids.</summary>
internal sealed record LeadIdsRequest(IReadOnlyList<LeadId> Input);

/// <param name="Id">Marketo's own id.</param>
internal sealed record LeadId(long Id);
