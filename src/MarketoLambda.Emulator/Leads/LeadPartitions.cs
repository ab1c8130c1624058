using System.Globalization;
using System.Text.Json;
using MarketoLambda.Emulator.Calls;
using MarketoLambda.Emulator.Http;
using MarketoLambda.Emulator.Objects;
using MarketoLambda.Emulator.Records;
using MarketoLambda.Emulator.Schema;
using MarketoLambda.Emulator.Settings;

namespace MarketoLambda.Emulator.Leads;

/// <summary>The partitions of leads, and which one a call means.</summary>
/// <remarks>Source: Adobe, rest-api/leads: <c>partitionName</c> goes with createOnly and createOrUpdate alone.</remarks>
internal static class LeadPartitions
{
    public static FoundPartition Find(JsonElement request, SyncAction action, EmulatorOptions options)
    {
        var name = request.Choice("partitionName", "");
        var standard = options.LeadPartitions[0].Id;
        if (name.Length == 0)
        {
            var isMissing = options.Quirks.PartitionNameIsRequired && options.LeadPartitions.Count > 1 && Takes(action);
            return new FoundPartition(standard, IsNamed: false, isMissing ? Refusal.PartitionNameMissing : null);
        }

        if (!Takes(action))
        {
            return new FoundPartition(standard, IsNamed: false, Refusal.Invalid($"partitionName is not allowed with action '{action}'"));
        }

        return options.LeadPartitions.FirstOrDefault(partition => partition.Name == name) is { } found
            ? new FoundPartition(found.Id, IsNamed: true, Refusal: null)
            : new FoundPartition(standard, IsNamed: true, new Refusal("1008", $"Access denied to partition '{name}'"));
    }

    public static EmulatorResponse List(Call call, EmulatorOptions options) => call.Envelope.Result(json =>
    {
        foreach (var partition in options.LeadPartitions)
        {
            json.WriteStartObject();
            json.WriteNumber("id"u8, partition.Id);
            json.WriteString("name"u8, partition.Name);
            json.WriteString("description"u8, partition.Description);
            json.WriteEndObject();
        }
    });

    /// <summary>A new lead with its partition.</summary>
    public static IncomingRecord Put(ObjectSchema schema, int partition, IncomingRecord lead)
    {
        var text = partition.ToString(CultureInfo.InvariantCulture);
        var encoded = FieldTexts.Encode(schema, new Dictionary<string, string> { [Lead.PartitionId] = text });
        return lead with { Changes = FieldValues.Merge(encoded, lead.Changes) };
    }

    public static int Read(ObjectSchema schema, StoredRecord lead) =>
        int.TryParse(FieldTexts.Read(schema, Lead.PartitionId, lead), CultureInfo.InvariantCulture, out var partition) ? partition : 0;

    private static bool Takes(SyncAction action) => action is SyncAction.CreateOnly or SyncAction.CreateOrUpdate;
}

/// <summary>The partition that a call means.</summary>
/// <param name="Id">That of the first one where it named none, or none that there is.</param>
/// <param name="IsNamed">Whether the call named it.</param>
/// <param name="Refusal">What is wrong with the name; null where it is right.</param>
internal sealed record FoundPartition(int Id, bool IsNamed, Refusal? Refusal);
