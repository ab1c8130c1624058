using System.CommandLine;
using MarketoLambda.Cli.Arguments;
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
        var job = JobArgument.Optional("; all jobs without it");
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
        command.SetAction(async (parsed, _) =>
        {
            var found = await FindAsync(
                local,
                parsed,
                new CheckWish(parsed.GetValue(job))
                {
                    IsOffline = parsed.GetValue(offline),
                    ReadsAll = parsed.GetValue(allRows),
                    WithSamples = parsed.GetValue(samples)
                        || (!parsed.GetValue(noSamples) && !parsed.GetValue(local.Json) && !Console.IsErrorRedirected),
                });
            return Print(local, parsed, found);
        });
        return command;
    }

    /// <summary>Looks at jobs.</summary>
    public static async Task<CheckedJobs> FindAsync(LocalHostArguments arguments, ParseResult parsed, CheckWish wish)
    {
        var (all, hasMarketo) = arguments.Read(parsed);
        var jobs = wish.Job is null ? all : [LocalHost.FindJob(all, wish.Job)];
        var marketo =
            wish.IsOffline ? MarketoCheck.NotAsked("Marketo was not asked, because of --offline.")
            : !hasMarketo
                ? MarketoCheck.NotAsked(
                    "Marketo was not asked, because no settings name one: set Marketo__BaseUrl, Marketo__ClientId and "
                        + "Marketo__ClientSecret."
                )
            : await AskAsync(arguments, parsed, jobs);
        List<JobFindings> findings = [];
        foreach (var job in jobs)
        {
            var found = await new JobCheck(job, marketo.Describe(job.Name)).ProbeAsync(wish.WithSamples, StopSignals.StopRequested);
            findings.Add(wish.ReadsAll && found.Mistakes.Count == 0 ? await ReadAllAsync(job, found, marketo, wish.WithSamples) : found);
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
        return new CheckedJobs(report, exitCode);
    }

    /// <summary>Prints what was found, and gives the exit code.</summary>
    public static int Print(LocalHostArguments arguments, ParseResult parsed, CheckedJobs found)
    {
        if (parsed.GetValue(arguments.Json))
        {
            JsonOutput.Write(found.Report);
        }
        else
        {
            CheckText.Write(found.Report, found.ExitCode);
        }

        return found.ExitCode;
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

/// <summary>What is to be checked.</summary>
/// <param name="Job">Name of one job; null for all.</param>
internal sealed record CheckWish(string? Job)
{
    /// <summary>Marketo is not asked.</summary>
    public bool IsOffline { get; init; }

    /// <summary>Every row is read.</summary>
    public bool ReadsAll { get; init; }

    /// <summary>Values are told.</summary>
    public bool WithSamples { get; init; }
}

/// <summary>What was found, and the exit code it means.</summary>
internal sealed record CheckedJobs(CheckReport Report, int ExitCode);
