using MarketoLambda.Sync.Sources;

namespace MarketoLambda.Sync.Batching;

/// <summary>How far the source is finished without a gap, whatever order the answers come in.</summary>
internal sealed class CommittedPrefix(Checkpoint start)
{
    private readonly Queue<Batch> _unpassed = new();
    private readonly Dictionary<Batch, (int Rejected, int Waiting, int Superseded)> _finished = [];
    private long _acceptedBeyond;
    private long _rejectedBeyond;
    private long _waitingBeyond;

    /// <summary>Everything below this is finished.</summary>
    public Checkpoint Position { get; private set; } = start;

    /// <summary>Records below the position that Marketo accepted; what is beyond it is sent, and counted, again.</summary>
    public long Accepted { get; private set; }

    /// <summary>Records below the position that were rejected and stored, without those that wait.</summary>
    public long Rejected { get; private set; }

    /// <summary>Records below the position that wait for the person or record that they name.</summary>
    public long Waiting { get; private set; }

    /// <summary>Versions of a record that a later one replaced before they were sent, also beyond the position.</summary>
    public long Superseded { get; private set; }

    /// <summary>What became of accepted records, also beyond the position.</summary>
    public WriteCounts Written { get; private set; }

    /// <summary>Batches begun in source order and not yet passed.</summary>
    public int Unpassed => _unpassed.Count;

    /// <summary>The next batch in source order is on its way.</summary>
    public void Begin(Batch batch) => _unpassed.Enqueue(batch);

    /// <summary>Every record of the batch is acknowledged or durably rejected.</summary>
    /// <param name="batch">One that was begun.</param>
    /// <param name="rejected">How many of its records were rejected, before sending or by Marketo, and do not wait.</param>
    /// <param name="waiting">How many were rejected and wait.</param>
    /// <param name="superseded">How many were replaced by a later version and are neither accepted nor rejected.</param>
    /// <param name="written">What became of the accepted ones.</param>
    public void Finish(Batch batch, int rejected, int waiting, int superseded, WriteCounts written = default)
    {
        Superseded += superseded;
        Written += written;
        _finished.Add(batch, (rejected, waiting, superseded));
        while (_unpassed.TryPeek(out var first) && _finished.Remove(first, out var finished))
        {
            _unpassed.Dequeue();
            _acceptedBeyond += first.Items - finished.Superseded - finished.Rejected - finished.Waiting;
            _rejectedBeyond += finished.Rejected;
            _waitingBeyond += finished.Waiting;
            if (first.EndPosition is { } position)
            {
                MoveTo(position);
            }
        }
    }

    private void MoveTo(Checkpoint position)
    {
        Position = position;
        Accepted += _acceptedBeyond;
        Rejected += _rejectedBeyond;
        Waiting += _waitingBeyond;
        (_acceptedBeyond, _rejectedBeyond, _waitingBeyond) = (0, 0, 0);
    }
}
