using MarketoLambda.Marketo.Records;

namespace MarketoLambda.Sync.Targets;

/// <summary>Describes a target that has to be there.</summary>
internal static class TargetDescriptions
{
    /// <exception cref="JobMismatchException">Marketo does not know it.</exception>
    public static async Task<RecordTypeDescription> RequireDescriptionAsync(
        this ITargetWriter target,
        CancellationToken cancellationToken
    ) =>
        await target.DescribeAsync(cancellationToken)
        ?? throw new JobMismatchException($"{target.Target.WhatIsMissing}. {target.Target.RemedyWhereMissing}");
}
