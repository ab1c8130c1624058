using MarketoLambda.Marketo.Records;
using MarketoLambda.Sync.Jobs;
using MarketoLambda.Sync.Mapping;
using MarketoLambda.Sync.Sources;
using MarketoLambda.Sync.Wording;

namespace MarketoLambda.Sync.Checks;

/// <summary>Looks at a job without sending anything: its source, its mapping, and its target.</summary>
/// <param name="job">The job.</param>
/// <param name="description">The target as Marketo describes it; null where Marketo is not asked.</param>
public sealed class JobCheck(SyncJob job, RecordTypeDescription? description)
{
    /// <summary>Records that are read to find one that can be imported.</summary>
    public const int MaxRecords = 20;

    /// <summary>Stands for the type of a field that the object does not have.</summary>
    public const string NoSuchField = "no such field";

    /// <summary>Stands for a value that its map does not have.</summary>
    public const string NotInMap = "(not in its map)";

    /// <summary>Stands for a value that the field does not take.</summary>
    public const string DoesNotFit = "(does not fit)";

    /// <summary>Stands for an empty value that leaves Marketo's alone.</summary>
    public const string Omitted = "(empty: not sent)";

    /// <summary>Stands for an empty value that empties Marketo's.</summary>
    public const string Cleared = "(empty: cleared)";

    private readonly List<string> _mistakes = [];
    private readonly List<string> _notes = [];
    private readonly List<RejectedRecord> _rejects = [];
    private int _read;

    /// <summary>Reads the source from its beginning, up to the first record that can be imported.</summary>
    /// <param name="withSamples">Values of that record are told.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<JobFindings> ProbeAsync(bool withSamples, CancellationToken cancellationToken)
    {
        _mistakes.AddRange(description is null ? [] : JobFit.Mistakes(job, description));
        _notes.AddRange([.. job.Source.Advice, .. job.Target.Advice]);
        SourceRecord? record = null;
        try
        {
            record = await ReadAsync(cancellationToken);
        }
        catch (SourceException broken)
        {
            _mistakes.Add(broken.Message);
        }

        var sampled = withSamples ? record : null;
        var fields = job.Fields.Select(mapping => Preview(mapping, sampled)).ToList();
        return new JobFindings(job.Name, job.Source.Description, _mistakes, _notes, fields, sampled?.Location.ToString())
        {
            Target = job.Target.Description,
            After = job.After,
            IsSourceSeen = _read > 0,
        };
    }

    private async Task<SourceRecord?> ReadAsync(CancellationToken cancellationToken)
    {
        using var mapper = description is null || _mistakes.Count > 0 ? null : new RecordMapper(job, description);
        await using var reader = await job.Source.OpenAsync(ReadRequest.Everything(job.Columns), cancellationToken);
        SourceRecord? first = null,
            good = null;
        var isOver = false;
        while (good is null && !isOver && _read < MaxRecords)
        {
            var item = await reader.ReadAsync(cancellationToken);
            switch (item)
            {
                case null:
                    isOver = true;
                    break;
                case SourceNotice notice:
                    (notice.Code == SourceNotice.NoFileFits ? _mistakes : _notes).Add($"{notice.Location}: {notice.Message}");
                    break;
                case UnreadableRecord unreadable:
                    _read++;
                    _rejects.Add(new RejectedRecord(unreadable.Location, Key: null, unreadable.Code, unreadable.Reason));
                    break;
                case SourceRecord record:
                    _read++;
                    first ??= record;
                    good = IsGood(record, mapper) ? record : null;
                    break;
            }
        }

        _notes.AddRange(mapper?.Notices.Select(notice => $"{notice.Location}: {notice.Message}") ?? []);
        AddWhatWasRead(isAnyGood: good is not null);
        return good ?? first;
    }

    private bool IsGood(SourceRecord record, RecordMapper? mapper)
    {
        if (mapper?.Map(record) is not MappingResult.Rejected(var reject))
        {
            return true;
        }

        _rejects.Add(reject);
        return false;
    }

    private void AddWhatWasRead(bool isAnyGood)
    {
        if (_read == 0)
        {
            _notes.Add("the source has no records yet, so no value could be looked at");
        }
        else if (_rejects is [var reject, ..])
        {
            var place = $"{reject.Location} ({reject.Code}): {reject.Reason.TrimEnd('.')}";
            (isAnyGood ? _notes : _mistakes).Add(isAnyGood
                ? $"{Quantity.Format(_rejects.Count, "record")} before the first good one would be rejected; the first, {place}"
                : $"{(_read == 1 ? "the only record" : $"all of the first {_read} records")} would be rejected; the first, {place}");
        }
    }

    private FieldPreview Preview(FieldMapping mapping, SourceRecord? record)
    {
        var field = description?.FindField(mapping.Field);
        var isKey = job.KeyFields.Contains(mapping.Field, StringComparer.OrdinalIgnoreCase);
        var type =
            description is null ? null
            : field is null ? NoSuchField
            : $"{field.TypeName}{(field.Length is { } length ? $"({length})" : "")}";
        return new FieldPreview(
            mapping.From.ToString() ?? "",
            field?.Name ?? mapping.Field,
            isKey && type is not null
                ? field is null
                    ? type
                    : $"{type}, key"
                : type,
            record is null || type == NoSuchField ? null : Sample(mapping, field, record));
    }

    private string Sample(FieldMapping mapping, RecordField? field, SourceRecord record)
    {
        if (!new FieldSteps(mapping, job).TryTake(record.Values, out var value))
        {
            return $"{SourceText.Format(value ?? "")} {NotInMap}";
        }

        var sent = field is null ? Unconverted(value) : new FieldConverter(field, mapping, job.Source.Conventions).Convert(value);
        return sent.Kind switch
        {
            FieldValueKind.Empty => mapping.Empty == EmptyValue.Clear ? Cleared : Omitted,
            FieldValueKind.Wrong or FieldValueKind.TooLong => $"{SourceText.Format(value ?? "")} {DoesNotFit}",
            _ => sent.Text,
        };
    }

    private static FieldValue Unconverted(object? value) =>
        value is null or "" ? FieldValue.Empty : FieldValue.Quoted(SourceText.Format(value));
}
