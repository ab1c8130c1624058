using MarketoLambda.Marketo.Records;
using MarketoLambda.Sync.Jobs;
using MarketoLambda.Sync.Mapping;
using MarketoLambda.Sync.Rejects;
using MarketoLambda.Sync.Sources;

namespace MarketoLambda.Sync.Checks;

/// <summary>
/// Reads a job's whole source and counts what would be rejected before it is sent; what Marketo refuses only a run can tell.
/// </summary>
/// <param name="job">The job.</param>
/// <param name="description">The target as Marketo describes it; null where Marketo is not asked, and only what cannot be read is
/// found.</param>
public sealed class AllRowsCheck(SyncJob job, RecordTypeDescription? description)
{
    private readonly Dictionary<(string? Field, string Code), RejectedRows> _groups = [];
    private readonly List<string> _notes = [];
    private readonly RejectBreaker _breaker = new(job.Name, job.StopAbovePercentRejected);
    private long _records;
    private string? _stop;

    /// <summary>Reads to the end.</summary>
    /// <param name="withValues">The value of each example is told; it may be personal data.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<AllRows> ReadAsync(bool withValues, CancellationToken cancellationToken)
    {
        using var mapper = description is null ? null : new RecordMapper(job, description);
        string? broken = null;
        try
        {
            await using var reader = await job.Source.OpenAsync(ReadRequest.Everything(job.Columns), cancellationToken);
            while (await reader.ReadAsync(cancellationToken) is { } item)
            {
                Check(item, mapper, withValues);
            }
        }
        catch (SourceException failure)
        {
            broken = failure.Message;
        }

        _notes.AddRange(mapper?.Notices.Select(Text) ?? []);
        var groups = _groups.Values.OrderByDescending(group => group.Count)
            .ThenBy(group => group.Field, StringComparer.Ordinal)
            .ThenBy(group => group.Code, StringComparer.Ordinal);
        return new AllRows(_records, [.. groups], _notes, broken ?? _stop);
    }

    private void Check(SourceItem item, RecordMapper? mapper, bool withValues)
    {
        switch (item)
        {
            case SourceNotice notice:
                _notes.Add(Text(notice));
                break;
            case UnreadableRecord unreadable:
                Count(new RejectedRecord(unreadable.Location, Key: null, unreadable.Code, unreadable.Reason), value: null);
                break;
            case SourceRecord record:
                var reject = (mapper?.Map(record) as MappingResult.Rejected)?.Record;
                Count(reject, withValues && reject?.Field is { } field ? mapper?.ValueOf(record, field) : null);
                break;
            default:
                break;
        }
    }

    private void Count(RejectedRecord? reject, string? value)
    {
        _records++;
        Watch(reject);
        if (reject is null)
        {
            return;
        }

        var group = _groups.GetValueOrDefault((reject.Field, reject.Code));
        _groups[(reject.Field, reject.Code)] = group is null
            ? new RejectedRows(reject.Field, reject.Code, reject.Reason, 1, reject.Location.ToString(), value)
            : group with { Count = group.Count + 1 };
    }

    // Where a run would stop, the person learns it here.
    private void Watch(RejectedRecord? reject)
    {
        try
        {
            _breaker.Check(1, reject is null ? [] : [reject]);
        }
        catch (TooManyRejectsException stop)
        {
            _stop ??= stop.Message;
        }
    }

    private static string Text(SourceNotice notice) => $"{notice.Location}: {notice.Message}";
}

/// <summary>What a whole source would become.</summary>
/// <param name="Records">Rows that were read.</param>
/// <param name="Rejected">Those that would be rejected, by field and reason, the most frequent first.</param>
/// <param name="Notes">What the source had to say; without any field value.</param>
/// <param name="Mistake">Why the source could not be read to its end, or a run would stop; null where neither is so.</param>
public sealed record AllRows(long Records, IReadOnlyList<RejectedRows> Rejected, IReadOnlyList<string> Notes, string? Mistake);

/// <summary>Rows that would be rejected for the same reason.</summary>
/// <param name="Field">The field in Marketo; null where the row as a whole cannot be read.</param>
/// <param name="Code">Short fixed name of the reason.</param>
/// <param name="Reason">Of the first of them, without any field value.</param>
/// <param name="Count">How many.</param>
/// <param name="Example">Where the first stands.</param>
/// <param name="Value">Its value: <em>personal data</em>, for the terminal of the person who asked; null where not wanted, or none.</param>
public sealed record RejectedRows(string? Field, string Code, string Reason, long Count, string Example, string? Value);
