using System.Globalization;
using System.Text.Json;
using MarketoLambda.Marketo.CustomObjects;

namespace MarketoLambda.Sync.State;

/// <summary>The state object as this subscription really has it: whatever casing its names have, and without some of the fields.</summary>
internal sealed class StateObject
{
    private const int AssumedTextLength = 2000;
    private const string MarketoTime = "yyyy-MM-dd'T'HH:mm:ss'Z'";

    private readonly Dictionary<StateField, CustomObjectField> _fields;

    /// <exception cref="StateException">The object cannot serve as state.</exception>
    public StateObject(CustomObjectDescription description)
    {
        _fields = StateFields.All
            .Select(field => (Wanted: field, Found: description.FindField(field.Name)))
            .Where(pair => pair.Found is not null)
            .ToDictionary(pair => pair.Wanted, pair => pair.Found!);
        var dedupe = description.DedupeFields;
        if (dedupe.Count != 1 || !dedupe[0].Equals(StateFields.ApiName.Name, StringComparison.OrdinalIgnoreCase))
        {
            throw new StateException(
                $"The dedupe field of {StateFields.ObjectApiName} is {string.Join(" + ", dedupe)}, but must be {StateFields.ApiName.Name} (\"{StateFields.ApiName.DisplayName}\") alone. "
                + "A dedupe field cannot be changed after approval: delete the object in Marketo and run \"marketo-lambda init\".");
        }

        ApiNameField = dedupe[0];
        Missing = [.. StateFields.All.Where(field => !_fields.ContainsKey(field))];
        if (!Has(StateFields.HighWaterMark) && !Has(StateFields.LastFileName) && !Has(StateFields.ResumePosition))
        {
            throw new StateException($"{StateFields.ObjectApiName} has none of the fields that remember a position ({StateFields.HighWaterMark.Name}, {StateFields.ResumePosition.Name}, {StateFields.LastFileName.Name}). Run \"marketo-lambda init\" to add them.");
        }
    }

    /// <summary>Fields of ours that this subscription's object lacks; they are neither read nor written.</summary>
    public IReadOnlyList<StateField> Missing { get; }

    /// <summary>Most characters the object holds of a resume position; 0 without that field.</summary>
    public int ResumeCapacity => _fields.TryGetValue(StateFields.ResumePosition, out var resume) ? resume.Length ?? AssumedTextLength : 0;

    /// <summary>Canonical name of the dedupe field.</summary>
    public string ApiNameField { get; }

    /// <summary>Canonical names of all fields to ask for.</summary>
    public IReadOnlyList<string> FieldNames => [.. _fields.Values.Select(found => found.Name)];

    public bool Has(StateField field) => _fields.ContainsKey(field);

    /// <summary>Reads what Marketo returned; a field that is missing is null.</summary>
    public StateRecord Read(CustomObjectRecord record)
    {
        var outcome = Text(record, StateFields.LastRunOutcome);
        var error = Text(record, StateFields.LastRunError);
        return new StateRecord(record.MarketoGuid, Text(record, StateFields.ApiName) ?? "")
        {
            Checkpoint = new Checkpoint
            {
                Mark = Time(record, StateFields.HighWaterMark),
                Resume = Text(record, StateFields.ResumePosition),
                LastFileName = Text(record, StateFields.LastFileName),
                LastFileRecords = Number(record, StateFields.LastFileRecords),
            },
            LastFileIngestedAt = Time(record, StateFields.LastFileIngestedAt),
            EpochStartedAt = Time(record, StateFields.EpochStartedAt),
            TotalRecordsInEpoch = Number(record, StateFields.TotalRecordsInEpoch) ?? 0,
            LastRun = (Number(record, StateFields.LastRunNumber), outcome, error) is (null, null, null) ? null : new LastRun
            {
                Number = Number(record, StateFields.LastRunNumber) ?? 0,
                Outcome = outcome ?? "",
                StartedAt = Time(record, StateFields.LastRunStartedAt) ?? default,
                EndedAt = Time(record, StateFields.LastRunEndedAt),
                Records = Number(record, StateFields.LastRunRecords) ?? 0,
                Rejects = Number(record, StateFields.LastRunRejects) ?? 0,
                Error = error,
            },
        };
    }

    /// <summary>Writes every field the object has, except the dedupe field; what is null is cleared.</summary>
    public void Write(Utf8JsonWriter json, StateRecord state)
    {
        Write(json, StateFields.HighWaterMark, state.Checkpoint.Mark);
        Write(json, StateFields.ResumePosition, state.Checkpoint.Resume);
        Write(json, StateFields.LastFileName, state.Checkpoint.LastFileName);
        Write(json, StateFields.LastFileRecords, state.Checkpoint.LastFileRecords);
        Write(json, StateFields.LastFileIngestedAt, state.LastFileIngestedAt);
        Write(json, StateFields.EpochStartedAt, state.EpochStartedAt);
        Write(json, StateFields.TotalRecordsInEpoch, state.TotalRecordsInEpoch);
        Write(json, StateFields.LastRunNumber, state.LastRun?.Number);
        Write(json, StateFields.LastRunOutcome, state.LastRun?.Outcome);
        Write(json, StateFields.LastRunStartedAt, state.LastRun?.StartedAt);
        Write(json, StateFields.LastRunEndedAt, state.LastRun?.EndedAt);
        Write(json, StateFields.LastRunRecords, state.LastRun?.Records);
        Write(json, StateFields.LastRunRejects, state.LastRun?.Rejects);
        Write(json, StateFields.LastRunError, Shortened(StateFields.LastRunError, state.LastRun?.Error));
    }

    private void Write(Utf8JsonWriter json, StateField field, string? value)
    {
        if (_fields.TryGetValue(field, out var found))
        {
            json.WriteString(found.Name, value);
        }
    }

    private void Write(Utf8JsonWriter json, StateField field, DateTimeOffset? value) =>
        Write(json, field, value?.UtcDateTime.ToString(MarketoTime, CultureInfo.InvariantCulture)); // cuts the fraction: rounds down

    private void Write(Utf8JsonWriter json, StateField field, long? value)
    {
        if (!_fields.TryGetValue(field, out var found))
        {
            return;
        }

        if (value is { } number)
        {
            json.WriteNumber(found.Name, number);
        }
        else
        {
            json.WriteNull(found.Name);
        }
    }

    private string? Shortened(StateField field, string? text)
    {
        var length = _fields.GetValueOrDefault(field)?.Length ?? AssumedTextLength;
        return text is not null && text.Length > length ? $"{text[..(length - 1)]}…" : text;
    }

    // Marketo answers numbers as strings at times (rest-api/lead-database), and fields made by hand may have another type than ours.
    private string? Text(CustomObjectRecord record, StateField field) =>
        _fields.TryGetValue(field, out var found) && record.Fields.TryGetValue(found.Name, out var value) && value.ToString() is { Length: > 0 } text ? text : null;

    private DateTimeOffset? Time(CustomObjectRecord record, StateField field) =>
        Text(record, field) is not { } text ? null
        : DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time
        : throw new StateException($"The field {field.Name} of the state record is not a point in time. Correct it in Marketo (for example 2023-12-24T12:34:56Z) or empty it to start anew.");

    private long? Number(CustomObjectRecord record, StateField field) =>
        Text(record, field) is not { } text ? null
        : long.TryParse(text, NumberStyles.Integer | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) ? number
        : throw new StateException($"The field {field.Name} of the state record is not a whole number. Correct or empty it in Marketo.");
}
