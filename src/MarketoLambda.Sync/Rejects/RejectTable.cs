using System.Globalization;
using MarketoLambda.Marketo.CustomObjects;
using MarketoLambda.Marketo.Records;
using MarketoLambda.Sync.State.Tables;

namespace MarketoLambda.Sync.Rejects;

/// <summary>Reads and writes the reject records in Marketo. Decides nothing.</summary>
public sealed class RejectTable(CustomObjectsClient customObjects) : IRejectTable
{
    private readonly TableRecords _records = new(customObjects, RejectFields.Definition);

    /// <summary>Fields of the reject object that this subscription lacks.</summary>
    /// <exception cref="StateException">The object is missing or cannot be used.</exception>
    public async Task<IReadOnlyList<TableField>> GetMissingFieldsAsync(CancellationToken cancellationToken) =>
        (await _records.BindAsync(cancellationToken)).Missing;

    /// <summary>The rejects of these numbers, by number.</summary>
    /// <exception cref="StateException">The object is missing or cannot be used.</exception>
    public async Task<IReadOnlyList<RejectRow>> ReadAsync(string job, IEnumerable<long> numbers, CancellationToken cancellationToken)
    {
        var bound = await _records.BindAsync(cancellationToken);
        var found = await _records.FindAsync([.. numbers.Select(number => Key(job, number))], cancellationToken);
        return [.. found.Select(record => Read(bound, record, job)).OrderBy(row => row.Number)];
    }

    /// <summary>Stores rejects as a whole, new ones and known ones, and gives them with Marketo's own ids.</summary>
    /// <remarks>A payload that is too long for its field is left out, and the row says so.</remarks>
    public async Task<IReadOnlyList<RejectRow>> StoreAsync(
        IReadOnlyList<RejectRow> rows,
        long runNumber,
        CancellationToken cancellationToken)
    {
        if (rows.Count == 0)
        {
            return [];
        }

        var bound = await _records.BindAsync(cancellationToken);
        IReadOnlyList<RejectRow> fitting = [.. rows.Select(row => Fitted(bound, row))];
        var ids = await _records.StoreAsync(
            [.. fitting.Select(row => (Key(row.Job, row.Number), Values(bound, row, runNumber)))],
            cancellationToken);
        return [.. fitting.Zip(ids, (row, id) => row with { MarketoGuid = id })];
    }

    /// <summary>Says of rejects what became of them. Those that somebody has deleted are passed over.</summary>
    public Task MarkAsync(
        string job,
        IEnumerable<long> numbers,
        RejectStage stage,
        DateTimeOffset now,
        CancellationToken cancellationToken
    ) =>
        _records.UpdateByKeyAsync(
            [.. numbers.Select(number => Key(job, number))],
            [(RejectFields.Stage, Text(stage)), (RejectFields.LastSeenAt, now)],
            cancellationToken);

    public Task DeleteAsync(IReadOnlyList<RejectRow> rows, CancellationToken cancellationToken) =>
        _records.DeleteAsync([.. rows.Select(row => row.MarketoGuid)], cancellationToken);

    private static string Key(string job, long number) => string.Create(CultureInfo.InvariantCulture, $"{job}#{number:000000000}");

    private static RejectRow Fitted(BoundTable bound, RejectRow row) =>
        row.Payload is null ? row
        : row.Key?.Length > bound.CapacityOf(RejectFields.RecordKey) ? WithoutPayload(row)
        : row.Payload.Length <= bound.CapacityOf(RejectFields.Payload) ? row
        : row.ShorterPayload is { } shorter && shorter.Length <= bound.CapacityOf(RejectFields.Payload) ? row with { Payload = shorter }
        : WithoutPayload(row);

    private static RejectRow WithoutPayload(RejectRow row) => row with
    {
        Payload = null,
        IsPayloadTooLong = true,
        Stage = row.Stage == RejectStage.Waiting ? RejectStage.Open : row.Stage, // nothing can be sent again
        WaitsUntil = null,
    };

    private static RejectRow Read(BoundTable bound, MarketoRecord record, string job)
    {
        var location = KeptLocation.Read(bound.Text(record, RejectFields.Source), bound.Number(record, RejectFields.SourceRow));
        return new RejectRow(record.Id, job, TableRecords.NumberIn(bound.Text(record, RejectFields.Key), RejectFields.Definition), location)
        {
            Stage = Enum.TryParse(bound.Text(record, RejectFields.Stage), ignoreCase: true, out RejectStage stage)
                ? stage
                : RejectStage.Open,
            SourceStamp = bound.Time(record, RejectFields.SourceStamp),
            Key = bound.Text(record, RejectFields.RecordKey),
            Code = bound.Text(record, RejectFields.Code) ?? "",
            Reason = bound.Text(record, RejectFields.Reason) ?? "",
            Attempts = bound.Number(record, RejectFields.Attempts) ?? 1,
            FirstSeenAt = bound.Time(record, RejectFields.FirstSeenAt) ?? BoundTable.TimeOfCreation(record),
            LastSeenAt = bound.Time(record, RejectFields.LastSeenAt) ?? BoundTable.TimeOfCreation(record),
            Payload = bound.Text(record, RejectFields.Payload),
            IsPayloadTooLong =
                bound.Text(record, RejectFields.IsPayloadTooLong)?.Equals("true", StringComparison.OrdinalIgnoreCase) is true,
        };
    }

    private static IReadOnlyList<(TableField Field, object? Value)> Values(BoundTable bound, RejectRow row, long runNumber) =>
    [
        (RejectFields.ApiName, row.Job),
        (RejectFields.Number, row.Number),
        (RejectFields.Stage, Text(row.Stage)),
        (RejectFields.RecordKey, bound.Cut(RejectFields.RecordKey, row.Key)),
        (RejectFields.Code, bound.Cut(RejectFields.Code, row.Code)),
        (RejectFields.Reason, bound.Cut(RejectFields.Reason, row.Reason)),
        (RejectFields.Source, bound.Cut(RejectFields.Source, KeptLocation.ContainerOf(row.Location))),
        (RejectFields.SourceRow, KeptLocation.RowOf(row.Location)),
        (RejectFields.SourceStamp, row.SourceStamp),
        (RejectFields.Attempts, row.Attempts),
        (RejectFields.FirstSeenAt, row.FirstSeenAt),
        (RejectFields.LastSeenAt, row.LastSeenAt),
        (RejectFields.Payload, row.Payload),
        (RejectFields.IsPayloadTooLong, row.IsPayloadTooLong),
        (RejectFields.RunNumber, runNumber),
    ];

    private static string Text(RejectStage stage) => stage.ToString().ToLowerInvariant();
}
