using MarketoLambda.Marketo.Records;
using MarketoLambda.Sync.State;

namespace MarketoLambda.Sync.Runs;

/// <summary>What a run goes by until it has its lease.</summary>
/// <param name="Known">The state record, and what Marketo can hold of it.</param>
/// <param name="IsWarm">It was remembered, and Marketo was not asked.</param>
/// <param name="Description">The target, where it was asked for on the way; what the job is checked against.</param>
internal sealed record RunStart(WarmState Known, bool IsWarm, RecordTypeDescription? Description)
{
    public StateRecord State => Known.State;

    /// <inheritdoc cref="WarmState.ResumeCapacity"/>
    public int ResumeCapacity => Known.ResumeCapacity;
}
