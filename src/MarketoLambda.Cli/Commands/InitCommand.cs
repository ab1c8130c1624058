using System.CommandLine;
using MarketoLambda.Cli.Hosting;
using MarketoLambda.Cli.Output;
using MarketoLambda.Marketo;
using MarketoLambda.Marketo.Errors;
using MarketoLambda.Sync.Claims;
using MarketoLambda.Sync.Failures;
using MarketoLambda.Sync.Jobs;
using MarketoLambda.Sync.Kept;
using MarketoLambda.Sync.Rejects;
using MarketoLambda.Sync.Setup;
using MarketoLambda.Sync.State;

namespace MarketoLambda.Cli.Commands;

/// <summary><c>init</c>: the objects the program keeps in Marketo, and the records every job needs in them.</summary>
internal static class InitCommand
{
    public static Command Create()
    {
        DeskArguments desk = new();
        Command command = new("init", "Create and approve in Marketo what the program keeps there, and a state record for every job. Safe to repeat.");
        desk.AddTo(command);
        command.SetAction((parsed, _) => InitAsync(desk, parsed));
        return command;
    }

    private static async Task<int> InitAsync(DeskArguments arguments, ParseResult parsed)
    {
        await using var desk = arguments.Open(parsed);
        var (exitCode, report) = await SetUpAsync(desk);
        if (parsed.GetValue(arguments.Json))
        {
            JsonOutput.Write(report);
        }

        return exitCode;
    }

    /// <summary>Sets up what is missing and tells what was done.</summary>
    public static async Task<(int ExitCode, InitReport Report)> SetUpAsync(Desk desk)
    {
        List<InitializedObject> objects = [];
        var exitCode = ExitCode.Done;
        string? error = null;
        foreach (var kept in StateSetup.Objects.Where(kept => kept != RejectFields.Definition || desk.Get<RejectStore>().IsInMarketo))
        {
            var result = await desk.Get<StateSetup>().EnsureObjectAsync(kept, StopSignals.StopRequested);
            objects.Add(new InitializedObject(kept.ApiName, result.Outcome, [.. result.Fields.Select(field => field.Name)]));
            exitCode = await TellAsync(desk, kept, result) ? exitCode : ExitCode.Failed;
            error ??= result.Refusal;
        }

        List<InitializedJob> jobs = [];
        foreach (var job in exitCode == ExitCode.Done ? desk.Jobs : [])
        {
            jobs.Add(await SetUpAsync(desk, job));
        }

        return (exitCode, new InitReport(objects, jobs) { Outcome = ExitCode.NameOf(exitCode), Error = error });
    }

    /// <summary>Tells what became of an object; false when it cannot be used.</summary>
    private static async Task<bool> TellAsync(Desk desk, KeptObject kept, StateSetupResult result)
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
        if (await IsUsableAsync(desk, kept))
        {
            Terminal.Warning($"{kept.ApiName} can be used as it is, but remembers less: add by hand {string.Join(", ", result.Fields.Select(field => $"\"{field.DisplayName}\" ({field.DataType})"))}.");
            return true;
        }

        HandInstructions.Write(kept, result);
        return false;
    }

    private static async Task<bool> IsUsableAsync(Desk desk, KeptObject kept)
    {
        try
        {
            _ = kept == StateFields.Definition ? await desk.Get<StateStore>().GetMissingFieldsAsync(StopSignals.StopRequested)
                : kept == RunFields.Definition ? await desk.Get<RunLedger>().GetMissingFieldsAsync(StopSignals.StopRequested)
                : await desk.Get<RejectLedger>().GetMissingFieldsAsync(StopSignals.StopRequested);
            return true;
        }
        catch (StateException)
        {
            return false;
        }
    }

    private static async Task<InitializedJob> SetUpAsync(Desk desk, SyncJob job)
    {
        var apiName = job.ApiName;
        var isNew = await desk.Get<StateSetup>().EnsureRecordsAsync(job, StopSignals.StopRequested);
        Terminal.Line(isNew ? $"Created the state record of {apiName}." : $"The state record of {apiName} is there.");
        var warning = await WarningAsync(desk, job);
        if (warning is not null)
        {
            Terminal.Warning($"  {warning}");
        }

        return new InitializedJob(apiName, isNew, warning);
    }

    /// <summary>What a job fills may be made by people: it may come later than the job.</summary>
    private static async Task<string?> WarningAsync(Desk desk, SyncJob job)
    {
        try
        {
            return await job.Target.Open(desk.Get<MarketoClient>()).DescribeAsync(StopSignals.StopRequested) is null
                ? $"{job.Target.WhatIsMissing}, so runs of this job will fail. {job.Target.RemedyWhereMissing}"
                : null;
        }
        catch (Exception refusal) when (refusal is MarketoAuthorizationException or MarketoRequestException)
        {
            return $"Runs of {job.ApiName} will fail: {refusal.Message}";
        }
    }
}
