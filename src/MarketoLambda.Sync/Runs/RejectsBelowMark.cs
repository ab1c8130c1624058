using MarketoLambda.Sync.Jobs;
using MarketoLambda.Sync.Mapping;
using MarketoLambda.Sync.Rejects;
using MarketoLambda.Sync.Sources;
using MarketoLambda.Sync.State;
using MarketoLambda.Sync.Targets;

namespace MarketoLambda.Sync.Runs;

/// <summary>
/// Reads a job's open rejects when its source first needs to know of them, and no sooner: where nothing is new, nothing is asked.
/// </summary>
internal sealed class RejectsBelowMark(SyncJob job, RejectCounters? counters, RejectPolicy rejects, ITargetWriter target) : IDisposable
{
    private RecordMapper? _mapper;
    private IWantedRecords? _wanted;

    private bool HasAny => rejects.IsInMarketo && counters is { Open: > 0 };

    /// <summary>The request of a run that imports what is new, and what is corrected.</summary>
    public ReadRequest With(ReadRequest request) => request with { Wanted = FindAsync, TellsEnds = HasAny };

    public async ValueTask<IWantedRecords?> FindAsync(CancellationToken cancellationToken)
    {
        if (_wanted is not null || !HasAny || counters is null)
        {
            return _wanted;
        }

        if (await target.DescribeAsync(cancellationToken) is not { } description)
        {
            return null; // the run meets it too, and says what to do
        }

        _mapper = new RecordMapper(job, description);
        return _wanted = new WantedRecords(await rejects.ReadBookAsync(job, counters, cancellationToken), _mapper);
    }

    public void Dispose() => _mapper?.Dispose();
}
