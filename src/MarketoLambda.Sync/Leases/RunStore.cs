using System.Globalization;
using MarketoLambda.Marketo.CustomObjects;
using MarketoLambda.Marketo.Records;
using MarketoLambda.Sync.Sources;
using MarketoLambda.Sync.State.Tables;

namespace MarketoLambda.Sync.Leases;

/// <summary>Reads and writes the run records in Marketo. Decides nothing.</summary>
public sealed class RunStore(CustomObjectsClient customObjects)
{
    private readonly TableRecords _records = new(customObjects, RunFields.Definition);

    /// <summary>Fields of the run object that this subscription lacks.</summary>
    /// <exception cref="StateException">The object is missing or cannot be used.</exception>
    public async Task<IReadOnlyList<TableField>> GetMissingFieldsAsync(CancellationToken cancellationToken) =>
        (await _records.BindAsync(cancellationToken)).Missing;

    /// <summary>The floor and the rows of these numbers.</summary>
    /// <exception cref="StateException">The object is missing or cannot be used.</exception>
    public async Task<RunView> ReadAsync(string job, IEnumerable<long> numbers, CancellationToken cancellationToken)
    {
        var bound = await _records.BindAsync(cancellationToken);
        var found = await _records.FindAsync([FloorKey(job), .. numbers.Select(number => Key(job, number))], cancellationToken);
        List<RunRow> rows = [];
        (string MarketoGuid, long Number)? floor = null;
        foreach (var record in found)
        {
            if (string.Equals(bound.Text(record, RunFields.Key), FloorKey(job), StringComparison.OrdinalIgnoreCase))
            {
                var number = bound.Number(record, RunFields.Number) ?? 0;
                floor = floor is { } other && other.Number > number ? other : (record.Id, number);
            }
            else
            {
                rows.Add(Read(bound, record, job));
            }
        }

        return new RunView(
            floor
                ?? throw new StateException(
                    $"Marketo has no record {FloorKey(job)} in {RunFields.ObjectApiName}. Run \"marketo-lambda init\" once after adding "
                        + "a job."
                ),
            [.. rows.OrderBy(row => row.Number)]);
    }

    /// <summary>What the job's source keeps beside the run records.</summary>
    /// <param name="job">The job.</param>
    /// <param name="isOwned">The run owns its number and may write.</param>
    internal ISourceHistory HistoryOf(string job, Func<bool> isOwned) => new RunHistory(_records, job, isOwned);

    /// <summary>True when the job's floor record is there.</summary>
    public async Task<bool> HasFloorAsync(string job, CancellationToken cancellationToken) =>
        (await _records.FindAsync([FloorKey(job)], cancellationToken)).Count > 0;

    /// <summary>Creates the row, unless Marketo has one of that number, which may be our own after a lost reply.</summary>
    public async Task TryCreateAsync(RunRow row, CancellationToken cancellationToken)
    {
        var bound = await _records.BindAsync(cancellationToken);
        await _records.TryCreateAsync(
            Key(row.Job, row.Number),
            [(RunFields.ApiName, row.Job), (RunFields.Number, row.Number), .. Values(bound, row)],
            cancellationToken);
    }

    /// <summary>Stores the row as a whole.</summary>
    public async Task UpdateAsync(RunRow row, CancellationToken cancellationToken)
    {
        var bound = await _records.BindAsync(cancellationToken);
        await _records.UpdateAsync(row.MarketoGuid, Key(row.Job, row.Number), Values(bound, row), cancellationToken);
    }

    /// <summary>Creates the record below whose number no row is kept, unless it is there.</summary>
    public Task CreateFloorAsync(string job, long number, CancellationToken cancellationToken) =>
        _records.TryCreateAsync(
            FloorKey(job),
            [(RunFields.ApiName, job), (RunFields.Number, number), (RunFields.Kind, "floor")],
            cancellationToken);

    public Task RaiseFloorAsync(string job, string marketoGuid, long number, CancellationToken cancellationToken) =>
        _records.UpdateAsync(marketoGuid, FloorKey(job), [(RunFields.Number, number)], cancellationToken);

    /// <summary>Deletes rows by Marketo's own ids, in this order.</summary>
    public Task DeleteAsync(IReadOnlyList<RunRow> rows, CancellationToken cancellationToken) =>
        _records.DeleteAsync([.. rows.Select(row => row.MarketoGuid)], cancellationToken);

    private static string Key(string job, long number) => string.Create(CultureInfo.InvariantCulture, $"{job}#{number:000000000}");

    private static string FloorKey(string job) => $"{job}#floor";

    private static RunRow Read(BoundTable bound, MarketoRecord record, string job) =>
        new(record.Id, job, TableRecords.NumberIn(bound.Text(record, RunFields.Key), RunFields.Definition))
        {
            Kind = Enum.TryParse(bound.Text(record, RunFields.Kind), ignoreCase: true, out RunKind kind) ? kind : RunKind.Import,
            Stage = Enum.TryParse(bound.Text(record, RunFields.Stage), ignoreCase: true, out RunStage stage) ? stage : RunStage.Claimed,
            Token = bound.Text(record, RunFields.Token) ?? "",
            Lease = TimeSpan.FromSeconds(
                Math.Clamp(bound.Number(record, RunFields.LeaseSeconds) ?? long.MaxValue, -1, (long)RunLeases.MaxLease.TotalSeconds)),
            CreatedAt = BoundTable.TimeOfCreation(record),
            StartedAt = bound.Time(record, RunFields.StartedAt),
            EndedAt = bound.Time(record, RunFields.EndedAt),
            Outcome = bound.Text(record, RunFields.Outcome) ?? "",
            Records = bound.Number(record, RunFields.Records) ?? 0,
            Rejects = bound.Number(record, RunFields.Rejects) ?? 0,
            Error = bound.Text(record, RunFields.Error),
            Notices = bound.Text(record, RunFields.Notices),
            Examples = bound.Text(record, RunFields.Examples)?.Split('\n') ?? [],
            End = RunFields.End.Read(bound, record),
            EndNextReject = bound.Number(record, RunFields.EndNextReject),
        };

    private static IEnumerable<(TableField Field, object? Value)> Values(BoundTable bound, RunRow row) =>
    [
        (RunFields.Kind, Text(row.Kind)),
        (RunFields.Stage, Text(row.Stage)),
        (RunFields.Token, row.Token),
        (RunFields.LeaseSeconds, (long)row.Lease.TotalSeconds),
        (RunFields.StartedAt, row.StartedAt),
        (RunFields.EndedAt, row.EndedAt),
        (RunFields.Outcome, row.Outcome),
        (RunFields.Records, row.Records),
        (RunFields.Rejects, row.Rejects),
        (RunFields.Error, bound.Cut(RunFields.Error, row.Error)),
        (RunFields.Notices, row.Notices is { Length: > 0 } notices ? bound.Cut(RunFields.Notices, notices) : null),
        (RunFields.Examples, bound.Fit(RunFields.Examples, row.Examples)),
        .. RunFields.End.Values(bound, row.End),
        (RunFields.EndNextReject, row.EndNextReject),
    ];

    private static string Text<T>(T value)
        where T : struct, Enum => value.ToString().ToLowerInvariant();
}

/// <summary>What one read of the ledger showed.</summary>
/// <param name="Floor">Rows below its number may be gone.</param>
/// <param name="Rows">By number; a number may have several rows where creating is not atomic.</param>
public sealed record RunView((string MarketoGuid, long Number) Floor, IReadOnlyList<RunRow> Rows)
{
    /// <summary>The rows of that number.</summary>
    public IReadOnlyList<RunRow> RowsOf(long number) => [.. Rows.Where(row => row.Number == number)];
}
