using MarketoLambda.Marketo.Errors;
using MarketoLambda.Marketo.Records;

namespace MarketoLambda.Sync.Targets;

/// <summary>Describes a target that has to be there.</summary>
public static class TargetDescriptions
{
    /// <summary>Says that Marketo does not know a target, and what it has instead, without a full stop.</summary>
    /// <remarks>Where Marketo cannot be asked for that, it is left out.</remarks>
    public static async Task<string> SayWhatIsMissingAsync(this ITargetWriter target, CancellationToken cancellationToken)
    {
        try
        {
            return target.Target.WhatIsMissing + await target.DescribeOthersAsync(cancellationToken);
        }
        catch (MarketoException)
        {
            return target.Target.WhatIsMissing;
        }
    }

    /// <summary>Says that Marketo does not know a target, what it has instead, and what to do.</summary>
    public static async Task<string> ExplainMissingAsync(this ITargetWriter target, CancellationToken cancellationToken) =>
        $"{await target.SayWhatIsMissingAsync(cancellationToken)}. {target.Target.RemedyWhereMissing}";

    /// <exception cref="JobMismatchException">Marketo does not know it.</exception>
    internal static async Task<RecordTypeDescription> RequireDescriptionAsync(
        this ITargetWriter target,
        CancellationToken cancellationToken
    ) =>
        await target.DescribeAsync(cancellationToken)
        ?? throw await target.MissingAsync(cancellationToken);

    internal static async Task<JobMismatchException> MissingAsync(this ITargetWriter target, CancellationToken cancellationToken) =>
        new(await target.ExplainMissingAsync(cancellationToken));
}
