using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace MarketoLambda.Sync.Tests.ClaimModel;

/// <summary>The runs of one exploration, in the order of their start.</summary>
[InlineArray(Capacity)]
internal struct ClaimRuns
{
    public const int Capacity = 6;

    private ClaimRun _first;
}

/// <summary>What one sandbox remembers of its last clean finish.</summary>
internal readonly record struct ClaimCache(bool IsSet, byte Number, byte Mark);

/// <summary>The state record of the job.</summary>
internal readonly record struct JobRecord(byte Mark, byte LastRun);

/// <summary>
/// Everything there is: Marketo, the source, the sandboxes, and two ghosts (<see cref="Delivered"/> and <see cref="AcknowledgedReset"/>)
/// for the invariants. All fields are bytes, so that two states are equal when their bytes are.
/// </summary>
internal readonly record struct ClaimState
{
    public ClaimRuns Runs { get; init; }

    public byte Started { get; init; }

    public JobRecord Record { get; init; }

    /// <summary>The record one write ago; kept only where reads of it may be stale.</summary>
    public JobRecord RecordBefore { get; init; }

    public byte Floor { get; init; }

    /// <summary>Version of the source row.</summary>
    public byte Source { get; init; }

    /// <summary>Version of the row in Marketo.</summary>
    public byte Target { get; init; }

    /// <summary>Highest version Marketo ever got.</summary>
    public byte Delivered { get; init; }

    /// <summary>Number of the newest reset whose success was reported; 0 if none.</summary>
    public byte AcknowledgedReset { get; init; }

    public ClaimCache FirstCache { get; init; }

    public ClaimCache SecondCache { get; init; }

    public byte CrashesLeft { get; init; }

    public byte LossesLeft { get; init; }

    public byte ResetsLeft { get; init; }

    public byte EditsLeft { get; init; }

    public byte PrunesLeft { get; init; }

    /// <summary>No process runs and no request is in flight.</summary>
    public bool IsAtRest
    {
        get
        {
            for (var index = 0; index < Started; index++)
            {
                if (Runs[index].IsAlive || Runs[index].HasLateRequests)
                {
                    return false;
                }
            }

            return true;
        }
    }

    public ClaimState With(int index, ClaimRun run)
    {
        var runs = Runs;
        runs[index] = run;
        return this with { Runs = runs };
    }

    /// <summary>Writes the row of a run; <paramref name="run"/> carries the row's new content.</summary>
    public ClaimState WithRow(ClaimScope scope, int index, ClaimRun run)
    {
        var before = Runs[index];
        return With(
            index,
            scope.Has(Weakness.RowReadsAreStale) ? run with { RowBefore = before.Row, RowMarkBefore = before.RowMark } : run);
    }

    public ClaimState WithRecord(ClaimScope scope, JobRecord record) => this with
    {
        Record = record,
        RecordBefore = scope.Has(Weakness.RecordReadsAreStale) ? Record : default,
    };

    public ClaimCache CacheOf(int sandbox) => sandbox == 0 ? FirstCache : SecondCache;

    public ClaimState WithCache(int sandbox, ClaimCache cache) =>
        sandbox == 0 ? this with { FirstCache = cache } : this with { SecondCache = cache };

    public bool Equals(ClaimState other) => Bytes(in this).SequenceEqual(Bytes(in other));

    public override int GetHashCode()
    {
        var bytes = Bytes(in this);
        var hash = 14695981039346656037UL;
        foreach (var word in MemoryMarshal.Cast<byte, ulong>(bytes))
        {
            hash = Mix(hash, word);
        }

        foreach (var rest in bytes[(bytes.Length & ~7)..])
        {
            hash = Mix(hash, rest);
        }

        return (int)(hash ^ (hash >> 32));
    }

    private static ulong Mix(ulong hash, ulong word)
    {
        hash = (hash ^ word) * 0x9E3779B97F4A7C15UL;
        return hash ^ (hash >> 29);
    }

    private static ReadOnlySpan<byte> Bytes(in ClaimState state) =>
        MemoryMarshal.AsBytes(new ReadOnlySpan<ClaimState>(in state));
}
