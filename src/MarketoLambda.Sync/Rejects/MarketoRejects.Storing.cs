using MarketoLambda.Sync.Mapping;
using MarketoLambda.Sync.State;
using MarketoLambda.Sync.State.Tables;

namespace MarketoLambda.Sync.Rejects;

/// <content>Numbers, stores and loads them.</content>
internal sealed partial class MarketoRejects
{
    private async Task<IReadOnlyList<RejectRow>> StoreAsync(IReadOnlyList<RejectedRecord> rejects, CancellationToken cancellationToken)
    {
        if (_before is null)
        {
            throw new StateException(
                $"{StateFields.ObjectApiName} lacks the fields that find rejected records again ({StateFields.NextReject.Name}, "
                    + $"{StateFields.LowestReject.Name}). Run \"marketo-lambda init\" to add them."
            );
        }

        var next = _next ?? await _pages.FindEndAsync(cancellationToken);
        List<RejectRow> rows = [];
        foreach (var reject in rejects)
        {
            var (payload, shorter) = (reject.Payload?.ToJson(), reject.Payload?.Shorter()?.ToJson());
            var known =
                _book.FindSame(reject.Location, reject.Key, reject.FoldedKey, payload)
                ?? _book.FindSame(reject.Location, reject.Key, reject.FoldedKey, shorter);
            rows.Add(AsOfNow(Row(reject, payload, known) with { Number = known?.Number ?? next++, ShorterPayload = shorter }));
        }

        ThrowIfFull(rows.Count(row => _book.Find(row.Number) is null));
        _next = next; // also if this fails: it may still be executed, and then must not land on others
        _lowest ??= rows[0].Number;
        return await StoreAsync(rows, cancellationToken);
    }

    private void ThrowIfFull(int more)
    {
        if (_book.Count + more > _limits.MaxOpen)
        {
            throw new TooManyRejectsException(
                $"{_job.Name} has {_book.Count} open rejects, and at most {_limits.MaxOpen} are kept, so the run stopped. "
                    + "Nothing is lost: the next run begins before those that did not fit. "
                    + $"Correct the mapping and run \"marketo-lambda rejects retry {_job.Name}\", correct the records in the source, or "
                    + "let go of those you do not want with \"rejects dismiss\"."
            );
        }
    }

    private RejectRow Row(RejectedRecord reject, string? payload, OpenReject? known) => new("", _job.Name, 0, reject.Location)
    {
        SourceStamp = reject.CursorValue,
        Key = reject.Key,
        Code = reject.Code,
        Reason = reject.Reason,
        Payload = payload,
        Stage = reject.MayBeThere ? RejectStage.Held : RejectStage.Open,
        Attempts = (known?.Attempts ?? 0) + 1,
        FirstSeenAt = known?.FirstSeenAt ?? Now,
        LastSeenAt = Now,
    };

    private async Task<IReadOnlyList<RejectRow>> StoreAsync(IReadOnlyList<RejectRow> rows, CancellationToken cancellationToken)
    {
        var stored = await _table.StoreAsync(rows, _runNumber, cancellationToken);
        foreach (var row in stored)
        {
            _book.Add(row);
            if (row.Key is null)
            {
                _keylessOfRun.Add(row.Number);
            }
        }

        return stored;
    }

    /// <summary>As they are in Marketo now: people may have deleted or closed some.</summary>
    private async Task<IReadOnlyList<RejectRow>> ReadAgainAsync(IReadOnlyList<long> numbers, CancellationToken cancellationToken)
    {
        var rows = await _pages.ReadKnownAsync(numbers, cancellationToken);
        foreach (var number in numbers)
        {
            _book.Remove(number);
        }

        foreach (var row in rows)
        {
            _book.Add(row);
        }

        return rows;
    }

    private async Task LoadAsync(long from, long until, long told, CancellationToken cancellationToken)
    {
        RejectLoading loading = new(_book, old: row => row.IsOver && row.LastSeenAt < Now - ClosedKeptFor);
        await loading.ReadAsync(_pages, from, until, told, cancellationToken);
        _lowest = loading.Lowest;
        await CloseAsync(loading.Duplicates, RejectStage.Superseded, cancellationToken);
        await _table.DeleteAsync(loading.Old, cancellationToken);
        await GiveUpAsync([.. loading.Waited.Where(row => _book.Find(row.Number) is { } reject && !Waits(reject))], cancellationToken);
    }
}
