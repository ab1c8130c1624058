using MarketoLambda.Sync.Mapping;
using MarketoLambda.Sync.Rejects;

namespace MarketoLambda.Testing;

/// <summary>Keeps rejects in memory, and fails on request.</summary>
public sealed class MemoryRejects : IRejectSink
{
    private readonly List<RejectedRecord> _stored = [];

    /// <summary>What was stored, in order.</summary>
    public IReadOnlyList<RejectedRecord> Stored => _stored;

    /// <summary>The disk is full.</summary>
    public Exception? Failure { get; set; }

    public string Describe(string apiName) => "memory";

    public Task StoreAsync(string apiName, IReadOnlyList<RejectedRecord> rejects, CancellationToken cancellationToken)
    {
        if (Failure is { } failure)
        {
            return Task.FromException(failure);
        }

        _stored.AddRange(rejects);
        return Task.CompletedTask;
    }
}
