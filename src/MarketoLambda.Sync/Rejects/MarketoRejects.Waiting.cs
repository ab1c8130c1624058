using MarketoLambda.Sync.State;

namespace MarketoLambda.Sync.Rejects;

/// <content>Those that wait for the person or record that they name: until when, how many, and which are given up.</content>
internal sealed partial class MarketoRejects
{
    public GivenUpRejects? GivenUp { get; private set; }

    // Also for those whose time is over since they were stored: a run has to give them up
    private DateTimeOffset? RetryAt =>
        !_book.All.Any(reject => reject.IsWaiting || Waits(reject)) ? null : _retryAt ??= _time.GetUtcNow() + RetryEvery;

    private bool Waits(OpenReject reject) => reject.WaitsAt(Now, _job.RetryRejectsFor);

    private RejectStage StageWithoutHold(long number) =>
        _book.Find(number) is { } reject && Waits(reject with { IsHeld = false }) ? RejectStage.Waiting : RejectStage.Open;

    private RejectRow AsOfNow(RejectRow row) => row.AsOf(Now, _job.RetryRejectsFor);

    private void GiveUp(IEnumerable<RejectRow> rows)
    {
        foreach (var row in rows)
        {
            GivenUp = GivenUp is null ? new GivenUpRejects(1, row.Location) : GivenUp with { Count = GivenUp.Count + 1 };
        }
    }

    private RejectCounters Count(long next)
    {
        var waiting = _book.All.Count(reject => reject.IsWaiting);
        return new RejectCounters(next, _lowest ?? next, _book.Count - waiting, RetryAt) { Waiting = waiting };
    }

    /// <summary>Their time is over: from here on they are rejects like others.</summary>
    private async Task GiveUpAsync(IReadOnlyList<RejectRow> rows, CancellationToken cancellationToken)
    {
        IReadOnlyList<long> numbers = [.. rows.Select(row => row.Number)];
        await _table.MarkAsync(_job.Name, numbers, RejectStage.Open, Now, cancellationToken);
        _book.Mark(numbers, RejectStage.Open);
        GiveUp(rows);
    }
}
