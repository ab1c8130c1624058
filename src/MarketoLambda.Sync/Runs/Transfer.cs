using System.Runtime.ExceptionServices;
using MarketoLambda.Marketo.Telemetry;
using MarketoLambda.Sync.Batching;
using MarketoLambda.Sync.Jobs;
using MarketoLambda.Sync.Leases;
using MarketoLambda.Sync.Mapping;
using MarketoLambda.Sync.Rejects;
using MarketoLambda.Sync.Sources;

namespace MarketoLambda.Sync.Runs;

/// <summary>Moves records from the source to Marketo: reads and maps them, and cuts them into batches.</summary>
/// <remarks>
/// One flow of control: only the calls run side by side, everything decided here happens one after the other. A batch is
/// finished when every record of it is acknowledged by Marketo or durably stored as a reject, not before.
/// </remarks>
internal sealed class Transfer(
    SyncJob job,
    ISourceReader reader,
    RecordMapper mapper,
    BatchDelivery delivery,
    IRunRejects rejects,
    RejectBreaker breaker,
    CommittedPrefix prefix,
    KeyCasing casing,
    RunNotices notices,
    TransferLimits limits)
{
    /// <summary>
    /// Batches in a row that end at no exact position. One more, and a batch is cut for a position's sake, so that a run makes headway
    /// however its keys collide.
    /// </summary>
    private const int MaxInexact = 4;

    private readonly BatchesInFlight _inFlight = new(delivery, rejects, breaker, prefix, casing, limits);
    private Batch _batch = new(job.Target, limits.RecordsPerCall, casing);
    private int _inexact;

    /// <summary>
    /// Moves until the source has nothing more or <paramref name="deadline"/> says stop; true when the source is exhausted.
    /// </summary>
    /// <exception cref="SourceException">The source cannot be read further; what it handed out before is acknowledged.</exception>
    /// <exception cref="TooManyRejectsException">
    /// Too much of the source was rejected; the batch at which that showed is not finished.
    /// </exception>
    /// <exception cref="Marketo.Errors.MarketoException">Marketo refused or failed; the other calls were waited for.</exception>
    public async Task<bool> MoveAsync(RunDeadline deadline, CancellationToken cancellationToken)
    {
        try
        {
            SourceException? broken = null;
            var isExhausted = false;
            try
            {
                isExhausted = await ReadAsync(deadline, cancellationToken);
            }
            catch (SourceException exception)
            {
                broken = exception;
            }

            foreach (var ofValues in mapper.Notices)
            {
                notices.Add(ofValues);
            }

            await FlushAsync(cancellationToken);
            if (breaker.Notice is { } notice)
            {
                notices.Add(notice);
            }

            if (broken is not null)
            {
                ExceptionDispatchInfo.Throw(broken);
            }

            return isExhausted;
        }
        catch
        {
            await _inFlight.DrainAfterFailureAsync(cancellationToken);
            throw;
        }
    }

    private async Task<bool> ReadAsync(RunDeadline deadline, CancellationToken cancellationToken)
    {
        while (!deadline.IsNear && !deadline.IsStopRequested)
        {
            switch (await NextAsync(cancellationToken))
            {
                case null:
                    return true;
                case SourceWait:
                    await FlushAsync(cancellationToken);
                    break;
                case SourceEnd end when rejects.ConcernsEnd(end):
                    await FlushAsync(cancellationToken);
                    await rejects.EndAsync(end, cancellationToken);
                    break;
                case SourceNotice notice:
                    notices.Add(notice);
                    break;
                case UnreadableRecord unreadable:
                    _batch.Add(new RejectedRecord(unreadable.Location, Key: null, unreadable.Code, unreadable.Reason));
                    break;
                case SourceRecord { Corrects: not null } record when !await MayCorrectAsync(record, cancellationToken):
                    notices.Add(Corrections.Late(record));
                    break;
                case SourceRecord record:
                    await AddAsync(mapper.Map(record), cancellationToken);
                    break;
            }

            if (_batch.IsFull)
            {
                await SendBatchAsync(reader.Position, cancellationToken);
            }
        }

        return false;
    }

    /// <summary>A source that has its next record ready is not timed.</summary>
    private ValueTask<SourceItem?> NextAsync(CancellationToken cancellationToken)
    {
        var reading = reader.ReadAsync(cancellationToken);
        return reading.IsCompleted
            ? reading
            : new ValueTask<SourceItem?>(Waits.WaitAsync(reading.AsTask(), WaitReason.Source, limits.Time));
    }

    /// <summary>
    /// Whether the reject that a row corrects is open still, once everything of the same key that is on its way is answered.
    /// </summary>
    private async ValueTask<bool> MayCorrectAsync(SourceRecord record, CancellationToken cancellationToken)
    {
        if (mapper.KeyOf(record) is { } key && (_batch.Holds(key) || _inFlight.Holds(key)))
        {
            await SendBatchAsync(endPosition: null, cancellationToken);
            await _inFlight.DrainAsync(cancellationToken);
        }

        return rejects.MayCorrect(record);
    }

    private async ValueTask AddAsync(MappingResult result, CancellationToken cancellationToken)
    {
        switch (result)
        {
            case MappingResult.Mapped(var mapped):
                await AddAsync(mapped, cancellationToken);
                break;
            case MappingResult.Rejected(var rejected):
                _batch.Add(rejected);
                break;
        }
    }

    private async ValueTask AddAsync(MappedRecord record, CancellationToken cancellationToken)
    {
        if (!casing.Doubts(record.Key) && _batch.TryAdd(record))
        {
            return;
        }

        await SendBatchAsync(endPosition: null, cancellationToken);
        if (!_batch.TryAdd(record))
        {
            _batch.Add(
                new RejectedRecord(
                    record.Location,
                    record.Key.Text,
                    "too-large",
                    $"the record alone is larger than a call may be ({job.Target.Limits.Bytes} bytes).")
                {
                    FoldedKey = record.Key.Folded,
                }
            );
        }

        if (_inexact > MaxInexact) // whatever fits: its end is exact
        {
            await SendBatchAsync(reader.Position, cancellationToken);
        }
    }

    /// <summary>Sends the current batch as soon as there is room for it, and begins the next.</summary>
    private async ValueTask SendBatchAsync(Checkpoint? endPosition, CancellationToken cancellationToken)
    {
        await _inFlight.MakeRoomAsync(_batch, cancellationToken);
        var batch = _batch;
        batch.EndPosition = endPosition;
        _inexact = endPosition is null ? _inexact + 1 : 0;
        _batch = new Batch(job.Target, limits.RecordsPerCall, casing);
        await _inFlight.SendAsync(batch, cancellationToken);
    }

    /// <summary>Sends what was read, and waits for the answers. An empty batch makes no call, and carries the position.</summary>
    private async Task FlushAsync(CancellationToken cancellationToken)
    {
        await SendBatchAsync(reader.Position, cancellationToken);
        await _inFlight.DrainAsync(cancellationToken);
    }
}

/// <summary>What bounds a transfer, and what happens between its batches.</summary>
/// <param name="CallsInFlight">Most batches on their way at once.</param>
/// <param name="RecordsPerCall">Most records of a batch.</param>
/// <param name="AfterBatch">Called after each acknowledged batch: checkpoint when due, progress.</param>
/// <param name="Time">The clock.</param>
internal sealed record TransferLimits(int CallsInFlight, int RecordsPerCall, Func<Task> AfterBatch, TimeProvider Time);
