using MarketoLambda.Sync.Targets;
using MarketoLambda.Sync.Targets.Activities;
using MarketoLambda.Sync.Targets.CustomObjects;
using MarketoLambda.Sync.Targets.Leads;
using MarketoLambda.Sync.Targets.Lists;
using MarketoLambda.Sync.Targets.Programs;
using MarketoLambda.Sync.Targets.StandardObjects;

namespace MarketoLambda.Sync.JobFiles;

/// <summary>The targets a job may have: the one place that names them.</summary>
public static class TargetTypes
{
    public static IReadOnlyList<ITargetType> All { get; } =
    [
        new CustomObjectTargetType(),
        new LeadTargetType(),
        .. StandardObjectTargetType.All,
        new ProgramMemberTargetType(),
        new StaticListTargetType(),
        new CustomActivityTargetType(),
    ];
}
