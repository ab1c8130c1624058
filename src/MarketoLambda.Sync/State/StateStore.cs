using System.Buffers;
using System.Text.Json;
using MarketoLambda.Marketo.Calls;
using MarketoLambda.Marketo.CustomObjects;
using MarketoLambda.Marketo.Errors;

namespace MarketoLambda.Sync.State;

/// <summary>Reads and writes the state records in Marketo, the only database there is.</summary>
public sealed class StateStore(CustomObjectsClient customObjects)
{
    private StateObject? _object;

    /// <summary>Most characters a resume position may have.</summary>
    /// <exception cref="StateException">The state object is missing or cannot serve as state.</exception>
    public async Task<int> GetResumeCapacityAsync(CancellationToken cancellationToken) =>
        (await GetObjectAsync(cancellationToken)).ResumeCapacity;

    /// <summary>Fields of the state object that this subscription lacks.</summary>
    /// <exception cref="StateException">The state object is missing or cannot serve as state.</exception>
    public async Task<IReadOnlyList<StateField>> GetMissingFieldsAsync(CancellationToken cancellationToken) =>
        (await GetObjectAsync(cancellationToken)).Missing;

    /// <summary>The job's record, or null when it has none yet.</summary>
    /// <exception cref="StateException">The state object cannot be used, or holds the record twice.</exception>
    public async Task<StateRecord?> FindAsync(string apiName, CancellationToken cancellationToken)
    {
        var stateObject = await GetObjectAsync(cancellationToken);
        var records = await customObjects.QueryAsync(StateFields.ObjectApiName, stateObject.ApiNameField, [apiName], stateObject.FieldNames, cancellationToken);
        return records.Count switch
        {
            0 => null,
            1 => stateObject.Read(records[0]),
            _ => throw new StateException(
                $"{StateFields.ObjectApiName} holds {records.Count} records for {apiName}, so nobody can say which one is true. "
                + $"Delete all but the one with the oldest mark ({string.Join(", ", records.Select(record => record.MarketoGuid))}): what was imported since is then sent again, which is harmless."),
        };
    }

    /// <summary>The job's record.</summary>
    /// <exception cref="StateException">There is none, or it cannot be used.</exception>
    public async Task<StateRecord> ReadAsync(string apiName, CancellationToken cancellationToken) =>
        await FindAsync(apiName, cancellationToken)
        ?? throw new StateException($"Marketo has no state record for {apiName} yet. Run \"marketo-lambda init\" once after adding a job.");

    /// <summary>Creates the job's record, unless it is there. Records are created at set-up, never by a run: two creating at once might both succeed.</summary>
    public async Task CreateAsync(string apiName, DateTimeOffset epochStartedAt, CancellationToken cancellationToken)
    {
        var stateObject = await GetObjectAsync(cancellationToken);
        var record = Encode(stateObject, new StateRecord("", apiName) { EpochStartedAt = epochStartedAt }, json => json.WriteString(stateObject.ApiNameField, apiName));
        await SendAsync(SyncAction.CreateOnly, DedupeBy.DedupeFields, record, apiName, cancellationToken);
    }

    /// <summary>Stores the record as a whole. It is acknowledged when the task completes.</summary>
    public async Task UpdateAsync(StateRecord record, CancellationToken cancellationToken)
    {
        var encoded = Encode(await GetObjectAsync(cancellationToken), record, json => json.WriteString("marketoGUID", record.MarketoGuid));
        await SendAsync(SyncAction.UpdateOnly, DedupeBy.IdField, encoded, record.ApiName, cancellationToken);
    }

    private async Task SendAsync(SyncAction action, DedupeBy dedupeBy, EncodedRecord record, string apiName, CancellationToken cancellationToken)
    {
        var results = await customObjects.SyncAsync(StateFields.ObjectApiName, action, dedupeBy, [record], CallPurpose.State, cancellationToken);
        if (results[0] is { Status: RecordStatus.Skipped } refused && !(action == SyncAction.CreateOnly && refused.Reasons.Any(MeansAlreadyExists)))
        {
            var reasons = string.Join("; ", refused.Reasons.Select(reason => $"{reason.Message} ({reason.Code})"));
            throw new StateException($"Marketo refused to store the state of {apiName}: {reasons}. Run \"marketo-lambda init\" to check {StateFields.ObjectApiName}.");
        }
    }

    // A repeated create is refused where the reply to the first one was lost.
    private static bool MeansAlreadyExists(MarketoReason reason) => MarketoErrorCatalog.Find(reason.Code).MeansAlreadyExists;

    private static EncodedRecord Encode(StateObject stateObject, StateRecord record, Action<Utf8JsonWriter> writeKey)
    {
        ArrayBufferWriter<byte> buffer = new();
        using Utf8JsonWriter json = new(buffer);
        json.WriteStartObject();
        writeKey(json);
        stateObject.Write(json, record);
        json.WriteEndObject();
        json.Flush();
        return new EncodedRecord(buffer.WrittenMemory);
    }

    private async Task<StateObject> GetObjectAsync(CancellationToken cancellationToken) => _object ??= new StateObject(
        await customObjects.DescribeAsync(StateFields.ObjectApiName, cancellationToken)
        ?? throw new StateException($"Marketo has no approved custom object {StateFields.ObjectApiName}. Run \"marketo-lambda init\" once to create it."));
}
