using MarketoLambda.Sync.Targets;
using MarketoLambda.Sync.Targets.Companies;
using MarketoLambda.Sync.Targets.CustomObjects;

namespace MarketoLambda.Sync.JobFiles;

/// <summary>The targets a job may have: the one place that names them.</summary>
public static class TargetTypes
{
    public static IReadOnlyList<ITargetType> All { get; } =
    [
        new CustomObjectTargetType(),
        new CompanyTargetType(),
    ];
}
