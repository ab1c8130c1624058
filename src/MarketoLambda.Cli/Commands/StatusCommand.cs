using System.CommandLine;
using MarketoLambda.Cli.Arguments;
using MarketoLambda.Cli.Hosting;
using MarketoLambda.Cli.Output;
using MarketoLambda.Marketo.Calls;
using MarketoLambda.Marketo.Errors;
using MarketoLambda.Sync.Failures;
using MarketoLambda.Sync.Jobs;
using MarketoLambda.Sync.State;

namespace MarketoLambda.Cli.Commands;

/// <summary><c>status [JOB]</c>: what Marketo remembers of every job, and what is at work.</summary>
internal static class StatusCommand
{
    private static readonly TimeSpan WatchInterval = TimeSpan.FromSeconds(15);

    public static Command Create()
    {
        LocalHostArguments local = new();
        var job = JobArgument.Optional("; all jobs without it");
        Option<bool> watch = new("--watch")
        {
            Description = $"Show it again every {WatchInterval.TotalSeconds:0} seconds, until Ctrl-C",
        };
        Command command = new("status", "Show what runs now, marks, counts, lag and the last outcome.") { job, watch };
        local.AddTo(command);
        command.Validators.Add(result =>
        {
            if (result.GetValue(watch) && result.GetValue(local.Json))
            {
                result.AddError("Choose one of --watch and --json.");
            }
        });
        command.SetAction((parsed, _) => ShowAsync(local, parsed, parsed.GetValue(job), parsed.GetValue(watch)));
        return command;
    }

    private static async Task<int> ShowAsync(LocalHostArguments arguments, ParseResult parsed, string? name, bool watches)
    {
        await using var local = arguments.Open(parsed);
        IReadOnlyList<SyncJob> jobs = name is null ? local.Jobs : [local.FindJob(name)];
        if (watches)
        {
            return await WatchAsync(local, jobs);
        }

        var statuses = await ReadAsync(local, jobs);
        if (parsed.GetValue(arguments.Json))
        {
            JsonOutput.Write(statuses);
            return ExitCode.Done;
        }

        Write(local, statuses);
        foreach (var missing in await local.Get<StateStore>().GetMissingFieldsAsync(StopSignals.StopRequested))
        {
            Terminal.Warning(
                $"{StateFields.ObjectApiName} has no field {missing.Name} ({missing.DisplayName}); \"marketo-lambda init\" adds it.");
        }

        return ExitCode.Done;
    }

    private static async Task<int> WatchAsync(LocalHost local, IReadOnlyList<SyncJob> jobs)
    {
        try
        {
            while (true)
            {
                await ShowOnceAsync(local, jobs);
                Terminal.Line($"Read at {ShownTime.Here.Full(local.Time.GetUtcNow())}; Ctrl-C ends it.");
                await local.Time.PauseAsync(WatchInterval, StopSignals.StopRequested);
            }
        }
        catch (OperationCanceledException) when (StopSignals.StopRequested.IsCancellationRequested)
        {
            return ExitCode.Done;
        }
    }

    /// <summary>Whoever watches wants to see Marketo come back.</summary>
    private static async Task ShowOnceAsync(LocalHost local, IReadOnlyList<SyncJob> jobs)
    {
        try
        {
            var statuses = await ReadAsync(local, jobs);
            Terminal.Clear();
            Write(local, statuses);
        }
        catch (MarketoException failure) when (!Failures.IsForAPerson(failure))
        {
            Terminal.Error($"{failure.Message.TrimEnd('.')}.");
        }
    }

    private static async Task<IReadOnlyList<JobStatus>> ReadAsync(LocalHost local, IReadOnlyList<SyncJob> jobs)
    {
        List<JobStatus> statuses = [];
        foreach (var job in jobs)
        {
            statuses.Add(await StatusReading.ReadAsync(local, job, StopSignals.StopRequested));
        }

        return statuses;
    }

    private static void Write(LocalHost local, IReadOnlyList<JobStatus> statuses)
    {
        StatusText text = new(local.Time.GetUtcNow(), ShownTime.Here);
        foreach (var status in statuses)
        {
            text.Write(status);
        }

        if (ShownTime.Here.Note is { } note)
        {
            Terminal.Line(note);
        }
    }
}
