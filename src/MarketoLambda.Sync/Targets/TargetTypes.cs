using MarketoLambda.Sync.Targets.Companies;
using MarketoLambda.Sync.Targets.CustomObjects;

namespace MarketoLambda.Sync.Targets;

/// <summary>The targets a job may have: the one place that names them.</summary>
public static class TargetTypes
{
    public static IReadOnlyList<ITargetType> All { get; } =
    [
        new CustomObjectTargetType(),
        new CompanyTargetType(),
    ];

    /// <summary>The target of a job that names none: the custom object that is named like the job.</summary>
    public static ITarget Default(string job) => new CustomObjectTarget(job);
}
