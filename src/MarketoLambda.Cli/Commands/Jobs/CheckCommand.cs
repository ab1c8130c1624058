using System.CommandLine;
using MarketoLambda.Cli.Hosting;
using MarketoLambda.Cli.Output;
using MarketoLambda.Sync.Checks;
using MarketoLambda.Sync.Failures;
using MarketoLambda.Sync.Jobs;

namespace MarketoLambda.Cli.Commands.Jobs;

/// <summary><c>jobs check</c>: the job file against its sources and Marketo, without sending anything.</summary>
internal static class CheckCommand
{
    public static Command Create()
    {
        LocalHostArguments local = new();
        Argument<string?> job = new("JOB")
        {
            Description = "Name of the job, as in the job file; all jobs without it",
            Arity = ArgumentArity.ZeroOrOne,
        };
        Option<bool> offline = new("--offline") { Description = "Ask the sources only, and not Marketo" };
        Option<bool> samples = new("--samples")
        {
            Description = "Print sample values into a file or pipe, or with --json, too; they may be personal data",
        };
        Option<bool> noSamples = new("--no-samples") { Description = "Print no sample values" };
        Option<bool> allRows = new("--all-rows")
        {
            Description = "Read each source to its end, and count what would be rejected, by field and reason",
        };
        const string purpose = "Check the job file against its sources and Marketo, and show what goes where. Sends nothing.";
        Command command = new("check", purpose) { job, offline, allRows, samples, noSamples };
        local.AddTo(command);
        command.Validators.Add(result =>
        {
            if (result.GetValue(samples) && result.GetValue(noSamples))
            {
                result.AddError("Choose one of --samples and --no-samples.");
            }
        });
        command.SetAction((parsed, _) => CheckAsync(
            local,
            parsed,
            parsed.GetValue(job),
            parsed.GetValue(offline),
            parsed.GetValue(allRows),
            parsed.GetValue(samples) || (!parsed.GetValue(noSamples) && !parsed.GetValue(local.Json) && !Console.IsErrorRedirected)));
        return command;
    }

    private static async Task<int> CheckAsync(
        LocalHostArguments arguments, ParseResult parsed, string? name, bool isOffline, bool readsAll, bool withSamples)
    {
        var (all, hasMarketo) = arguments.Read(parsed);
        var jobs = name is null ? all : [LocalHost.FindJob(all, name)];
        var marketo =
            isOffline ? MarketoCheck.NotAsked("Marketo was not asked, because of --offline.")
            : !hasMarketo
                ? MarketoCheck.NotAsked(
                    "Marketo was not asked, because no settings name one: set Marketo__BaseUrl, Marketo__ClientId and "
                        + "Marketo__ClientSecret."
                )
            : await AskAsync(arguments, parsed, jobs);
        List<JobFindings> findings = [];
        foreach (var job in jobs)
        {
            var found = await new JobCheck(job, marketo.Describe(job.Name)).ProbeAsync(withSamples, StopSignals.StopRequested);
            findings.Add(readsAll && found.Mistakes.Count == 0 ? await ReadAllAsync(job, found, marketo, withSamples) : found);
        }

        var mistakes = marketo.Mistakes.Count + findings.Sum(job => job.Mistakes.Count);
        var exitCode = mistakes > 0 ? ExitCode.WrongInput : marketo.ExitCode;
        CheckReport report = new(findings)
        {
            Outcome = ExitCode.NameOf(exitCode),
            IsMarketoChecked = marketo.NotChecked is null,
            NotChecked = marketo.NotChecked,
            Mistakes = marketo.Mistakes,
        };
        if (parsed.GetValue(arguments.Json))
        {
            JsonOutput.Write(report);
        }
        else
        {
            CheckText.Write(report, exitCode);
        }

        return exitCode;
    }

    /// <summary>What was noted of the first rows is among what is noted of all.</summary>
    private static async Task<JobFindings> ReadAllAsync(SyncJob job, JobFindings found, MarketoCheck marketo, bool withValues)
    {
        Terminal.Line($"{job.Name}: reading every row of {job.Source.Description} …");
        var all = await new AllRowsCheck(job, marketo.Describe(job.Name)).ReadAsync(withValues, StopSignals.StopRequested);
        return found with { AllRows = all, Notes = all.Notes, Mistakes = all.Mistake is { } mistake ? [mistake] : [] };
    }

    private static async Task<MarketoCheck> AskAsync(LocalHostArguments arguments, ParseResult parsed, IReadOnlyList<SyncJob> jobs)
    {
        await using var local = arguments.Open(parsed);
        return await MarketoCheck.AskAsync(local, jobs, StopSignals.StopRequested);
    }
}
