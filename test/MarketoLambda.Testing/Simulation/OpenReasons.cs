using System.Globalization;
using MarketoLambda.Sync.Rejects;

namespace MarketoLambda.Testing.Simulation;

/// <summary>The rows of a job that are open rejects, read past the engine.</summary>
internal static class OpenReasons
{
    /// <summary>By the row's number the reason's code; empty where rejects go to a store that does not tell it.</summary>
    public static IReadOnlyDictionary<int, string> Read(SimulatedWorld world, SimulatedJob job) =>
        world.KeepsRejectsInMarketo
            ? world
                .Marketo.Records(RejectFields.ObjectApiName)
                .Where(reject => reject[RejectFields.ApiName.Name] == job.ApiName)
                .Where(reject => reject[RejectFields.Stage.Name] is "open" or "waiting" or "held")
                .GroupBy(reject => int.Parse(reject[RejectFields.SourceRow.Name] ?? "0", CultureInfo.InvariantCulture))
                .ToDictionary(group => group.Key, group => group.First()[RejectFields.Code.Name] ?? "")
            : world
                .Rejects.Where(reject => reject.ApiName == job.ApiName)
                .DistinctBy(reject => reject.Row)
                .ToDictionary(reject => (int)reject.Row, _ => "");
}
