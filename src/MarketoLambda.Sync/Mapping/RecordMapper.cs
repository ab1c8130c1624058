using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using MarketoLambda.Marketo.Records;
using MarketoLambda.Sync.Jobs;
using MarketoLambda.Sync.Sources;
using MarketoLambda.Sync.Targets;

namespace MarketoLambda.Sync.Mapping;

/// <summary>Turns source records into records of the job's target, checked against what that really is.</summary>
/// <remarks>Used by one caller at a time: it writes into a buffer of its own.</remarks>
internal sealed class RecordMapper : IDisposable
{
    private readonly MappedField[] _fields;
    private readonly int[] _keys;
    private readonly IReadOnlyList<string> _columns;
    private readonly ArrayBufferWriter<byte> _buffer = new(1024);
    private readonly Utf8JsonWriter _json;
    private readonly ExcelNotices _excel = new();

    /// <exception cref="JobMismatchException">The job does not fit the object: every mistake at once.</exception>
    public RecordMapper(SyncJob job, RecordTypeDescription description)
    {
        _columns = job.Columns;
        JobFit.ThrowIfAny(job, description);
        _json = new Utf8JsonWriter(
            _buffer,
            new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true }
        );
        _fields = [.. job.Fields.Select(mapping => MappedField.Bind(mapping, job, description))];
        _keys =
        [
            .. description.DedupeFields.Select(key =>
                Array.FindIndex(_fields, field => field.CanonicalName.Equals(key, StringComparison.OrdinalIgnoreCase))),
        ];
    }

    /// <summary>What a person should know of the records mapped so far.</summary>
    public IEnumerable<SourceNotice> Notices => _excel.Notices;

    /// <summary>Gives the record to send, or the reject it becomes.</summary>
    public MappingResult Map(SourceRecord record)
    {
        _buffer.ResetWrittenCount();
        _json.Reset();
        _json.WriteStartObject();
        var keys = new string[_keys.Length];
        var isPartial = false;
        for (var i = 0; i < _fields.Length; i++)
        {
            var key = _keys.AsSpan().IndexOf(i);
            if (record.IsDeletion && key < 0)
            {
                continue;
            }

            if (!_fields[i].IsSound(record))
            {
                return new MappingResult.Rejected(Unsound(record, _fields[i]));
            }

            _fields[i].Steps.Count(record, _excel, isKey: key >= 0);
            var value = _fields[i].Value(record);
            if (Refusal(_fields[i], value, isKey: key >= 0) is { } refusal)
            {
                return new MappingResult.Rejected(
                    Reject(record, refusal.Code, refusal.Reason) with { Field = _fields[i].CanonicalName });
            }

            if (key >= 0)
            {
                keys[key] = value.Text;
            }

            isPartial |= !_fields[i].TryWrite(_json, value);
        }

        return new MappingResult.Mapped(Finish(record, keys, isPartial));
    }

    private MappedRecord Finish(SourceRecord record, string[] keys, bool isPartial)
    {
        _json.WriteEndObject();
        _json.Flush();
        var recordLength = _buffer.WrittenCount;
        if (!record.IsDeletion)
        {
            _json.Reset();
            WrittenRow.Write(_json, record.Values);
            _json.Flush();
        }

        ReadOnlyMemory<byte> written = _buffer.WrittenSpan.ToArray(); // one piece of memory for both
        return new MappedRecord(RecordKey.From(keys), new EncodedRecord(written[..recordLength]), record.Location)
        {
            IsPartial = isPartial,
            IsDeletion = record.IsDeletion,
            Corrects = record.Corrects,
            CursorValue = record.CursorValue,
            Row = record.IsDeletion ? null : new WrittenRow(_columns, written[recordLength..]),
        };
    }

    /// <summary>Which record it is; null where its dedupe values cannot be sent.</summary>
    public RecordKey? KeyOf(SourceRecord record)
    {
        if (!_keys.All(index => _fields[index].IsSound(record)))
        {
            return null;
        }

        var values = _keys.Select(index => _fields[index].Value(record)).ToList();
        return values.TrueForAll(value => value.Kind is FieldValueKind.Quoted or FieldValueKind.Bare)
            ? RecordKey.From([.. values.Select(value => value.Text)])
            : null;
    }

    /// <summary>A field's value before it is converted: <em>personal data</em>; null where it is empty.</summary>
    public string? ValueOf(SourceRecord record, string field)
    {
        var value = Array.Find(_fields, mapped => mapped.CanonicalName == field)?.Steps.TakeUnmapped(record.Values);
        return value is null or "" ? null : SourceText.Format(value);
    }

    public void Dispose() => _json.Dispose();

    private static (string Code, string Reason)? Refusal(MappedField field, FieldValue value, bool isKey) =>
        value.Kind switch
        {
            FieldValueKind.Wrong => ("wrong-type", $"{field.CanonicalName} {value.Text} ({field.Place})."),
            FieldValueKind.TooLong => ("too-long", $"{field.CanonicalName} {value.Text} ({field.Place})."),
            FieldValueKind.NotInMap => ("not-in-map", $"{field.CanonicalName} {value.Text} ({field.Place})."),
            FieldValueKind.CellError => ("cell-error", $"{field.CanonicalName} {value.Text} ({field.Place})."),
            FieldValueKind.Empty when isKey => (
                "missing-key",
                $"{field.CanonicalName} is the object's dedupe field and must not be empty ({field.Place})."),
            _ => null,
        };

    private RejectedRecord Reject(SourceRecord record, string code, string reason)
    {
        var key = KeyOf(record);
        return new RejectedRecord(record.Location, key?.Text, code, reason)
        {
            FoldedKey = key?.Folded,
            CursorValue = record.CursorValue,
            Payload = record.IsDeletion ? null : RejectPayload.From(_columns, record.Values),
        };
    }

    /// <summary>Not to be tried again as it is: only the source can mend it, which sends the record again.</summary>
    private RejectedRecord Unsound(SourceRecord record, MappedField field)
    {
        var key = KeyOf(record);
        return new RejectedRecord(
            record.Location,
            key?.Text,
            "invalid-text",
            $"{field.CanonicalName} holds {field.Unsound(record)}; correct it in the source ({field.Place})."
        )
        {
            FoldedKey = key?.Folded,
        };
    }

    /// <summary>One field with everything its values need.</summary>
    private sealed record MappedField(
        string CanonicalName,
        string Place,
        JsonEncodedText Name,
        EmptyValue Empty,
        FieldSteps Steps,
        FieldConverter Converter,
        bool RefusesErrors)
    {
        public static MappedField Bind(FieldMapping mapping, SyncJob job, RecordTypeDescription description)
        {
            var field =
                description.FindField(mapping.Field)
                ?? throw new InvalidOperationException("The job was checked against the object before.");
            var columns = mapping.From.Columns.Select(column => $"\"{column}\"").ToList();
            return new MappedField(
                field.Name,
                $"{(columns.Count == 1 ? "column" : "columns")} {string.Join(", ", columns)}",
                JsonEncodedText.Encode(field.Name),
                mapping.Empty,
                new FieldSteps(mapping, job),
                new FieldConverter(field, mapping, job.Source.Conventions),
                RefusesErrors: job.UnwrapsExcelText is not false
                    && description.DedupeFields.Contains(field.Name, StringComparer.OrdinalIgnoreCase));
        }

        /// <summary>Whether what it is made of can be a text at all.</summary>
        public bool IsSound(SourceRecord record)
        {
            foreach (var column in Steps.Columns)
            {
                if (!SoundText.IsSound(record.Values[column]))
                {
                    return false;
                }
            }

            return true;
        }

        /// <summary>What it is made of that no text holds.</summary>
        public string Unsound(SourceRecord record)
        {
            foreach (var column in Steps.Columns)
            {
                if (record.Values[column] is string text && !SoundText.IsSound(text))
                {
                    return SoundText.ProblemOf(text);
                }
            }

            throw new InvalidOperationException("It is sound.");
        }

        public FieldValue Value(SourceRecord record) =>
            !Steps.TryTake(record.Values, out var value) ? FieldValue.NotInMap
            : RefusesErrors && value is string text && ExcelDamage.IsError(text) ? FieldValue.CellError(text)
            : Converter.Convert(value);

        /// <summary>False where the value is empty and Marketo is to keep what it has.</summary>
        public bool TryWrite(Utf8JsonWriter json, FieldValue value)
        {
            switch (value.Kind)
            {
                case FieldValueKind.Quoted:
                    json.WriteString(Name, value.Text);
                    return true;
                case FieldValueKind.Bare:
                    json.WritePropertyName(Name);
                    json.WriteRawValue(value.Text, skipInputValidation: true);
                    return true;
                case FieldValueKind.Empty when Empty == EmptyValue.Clear:
                    json.WriteNull(Name);
                    return true;
                default:
                    return false;
            }
        }
    }
}
