using MarketoLambda.Cli.Output;
using MarketoLambda.Marketo;
using MarketoLambda.Marketo.Errors;
using MarketoLambda.Sync.Failures;
using MarketoLambda.Sync.Jobs;
using MarketoLambda.Sync.Rejects;
using MarketoLambda.Sync.Setup;
using MarketoLambda.Sync.State.Tables;
using MarketoLambda.Sync.Targets;

namespace MarketoLambda.Cli.Hosting;

/// <summary>Sets up in Marketo what the program keeps there, and the records that every job needs in it.</summary>
internal static class LocalSetup
{
    /// <summary>Sets up what is missing, but for what jobs fill, and prints what was done.</summary>
    public static Task<(int ExitCode, InitReport Report)> SetUpAsync(LocalHost local) => SetUpAsync(local, new MissingObjects(local));

    /// <summary>Sets up what is missing and prints what was done.</summary>
    /// <param name="local">Marketo and the jobs.</param>
    /// <param name="missing">Creates what a job fills and Marketo does not have.</param>
    public static async Task<(int ExitCode, InitReport Report)> SetUpAsync(LocalHost local, MissingObjects missing)
    {
        await missing.CheckAsync(Objects(local), StopSignals.StopRequested);
        List<InitializedObject> objects = [];
        var exitCode = ExitCode.Done;
        string? error = null;
        foreach (var kept in Objects(local))
        {
            var result = await local.Get<StateSetup>().EnsureObjectAsync(kept, StopSignals.StopRequested);
            objects.Add(new InitializedObject(kept.ApiName, result.Outcome, [.. result.Fields.Select(field => field.Name)]));
            exitCode = await PrintAsync(local, kept, result) ? exitCode : ExitCode.Failed;
            error ??= result.Refusal;
        }

        List<InitializedJob> jobs = [];
        foreach (var job in exitCode == ExitCode.Done ? local.Jobs : [])
        {
            jobs.Add(await SetUpAsync(local, job, missing));
        }

        return (exitCode, new InitReport(objects, jobs) { Outcome = ExitCode.NameOf(exitCode), Error = error });
    }

    /// <summary>What the program keeps in Marketo for these jobs.</summary>
    private static IEnumerable<StateTable> Objects(LocalHost local) =>
        StateSetup
            .Objects.Where(kept => kept != RejectFields.Definition || local.Get<RejectPolicy>().IsInMarketo)
            .Concat(StateSetup.ObjectsOfTargets(local.Jobs));

    /// <summary>Prints what became of an object; false when it cannot be used.</summary>
    private static async Task<bool> PrintAsync(LocalHost local, StateTable kept, StateSetupResult result)
    {
        switch (result.Outcome)
        {
            case StateSetupOutcome.AlreadyThere:
                Terminal.Line($"{kept.ApiName} is there and complete.");
                return true;
            case StateSetupOutcome.Created:
                Terminal.Line($"Created and approved {kept.ApiName} with {result.Fields.Count} fields.");
                return true;
            case StateSetupOutcome.Completed:
                Terminal.Line($"Added to {kept.ApiName}: {string.Join(", ", result.Fields.Select(field => field.Name))}.");
                return true;
        }

        Terminal.Error($"The program may not do it: {result.Refusal}");
        if (await IsUsableAsync(local, kept))
        {
            Terminal.Warning(
                $"{kept.ApiName} can be used as it is, but remembers less: add by hand "
                    + $"{string.Join(", ", result.Fields.Select(field => $"\"{field.DisplayName}\" ({field.DataType})"))}."
            );
            return true;
        }

        HandInstructions.Write(kept, result);
        return false;
    }

    private static async Task<bool> IsUsableAsync(LocalHost local, StateTable kept)
    {
        try
        {
            await local.Get<StateSetup>().CheckAsync(kept, StopSignals.StopRequested);
            return true;
        }
        catch (StateException)
        {
            return false;
        }
    }

    private static async Task<InitializedJob> SetUpAsync(LocalHost local, SyncJob job, MissingObjects missing)
    {
        var apiName = job.Name;
        var isNew = await local.Get<StateSetup>().EnsureRecordsAsync(job, StopSignals.StopRequested);
        Terminal.Line(isNew ? $"Created the state record of {apiName}." : $"The state record of {apiName} is there.");
        var (isObjectNew, warning) = await CompleteAsync(local, job, missing);
        if (warning is not null)
        {
            Terminal.Warning($"  {warning}");
        }

        return new InitializedJob(apiName, isNew, warning) { IsObjectNew = isObjectNew };
    }

    /// <summary>What a job fills may be made by people: it may come later than the job.</summary>
    private static async Task<(bool IsNew, string? Warning)> CompleteAsync(LocalHost local, SyncJob job, MissingObjects missing)
    {
        try
        {
            var writer = job.Target.Open(local.Get<MarketoClient>());
            if (await writer.DescribeAsync(StopSignals.StopRequested) is not null)
            {
                var obstacle = await TargetAccess.FindObstacleToWritingAsync(writer, StopSignals.StopRequested);
                return (false, obstacle is null ? null : $"Runs of {job.Name} will fail: {obstacle}.");
            }

            return await missing.CreateAsync(job, StopSignals.StopRequested)
                ? (true, null)
                : (
                    false,
                    $"{await writer.SayWhatIsMissingAsync(StopSignals.StopRequested)}. Runs of {job.Name} will fail until that is mended. "
                        + job.Target.RemedyWhereMissing);
        }
        catch (MarketoAuthorizationException refused) when (refused.Code == MarketoErrorCatalog.AccessDenied.Code)
        {
            return (
                false,
                $"Runs of {job.Name} will fail: the API user lacks the permission \"{job.Target.Permission}\". Give it to its role in "
                    + "Admin > Users & Roles > Roles, under Access API.");
        }
        catch (MarketoException refusal) when (refusal.IsRefusal)
        {
            return (false, $"Runs of {job.Name} will fail: {refusal.Message}");
        }
    }
}
