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
        ?? throw Missing(target.Target);

    /// <summary>Says that Marketo does not know a target, and what to do.</summary>
    public static JobMismatchException Missing(ITarget target) => new($"{target.WhatIsMissing}. {target.RemedyWhereMissing}");
}
