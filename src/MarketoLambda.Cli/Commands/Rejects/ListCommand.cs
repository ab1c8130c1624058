using System.CommandLine;
using System.Text.Json;
using MarketoLambda.Cli.Arguments;
using MarketoLambda.Cli.Hosting;
using MarketoLambda.Cli.Output;
using MarketoLambda.Sync.Failures;
using MarketoLambda.Sync.Jobs;
using MarketoLambda.Sync.Leases;
using MarketoLambda.Sync.Rejects;
using MarketoLambda.Sync.State;
using MarketoLambda.Sync.Wording;

namespace MarketoLambda.Cli.Commands.Rejects;

/// <summary><c>rejects list JOB</c>: the newest rejects, as Marketo remembers them.</summary>
internal static class ListCommand
{
    private const int Max = 100_000;

    public static Command Create()
    {
        LocalHostArguments local = new();
        RejectFilterOptions filter = new();
        var job = JobArgument.Required();
        Option<bool> all = new("--all")
        {
            Description = "Also those that are over: Marketo took them later, or a newer version, or somebody dismissed them",
        };
        Option<int> count = new("--count")
        {
            Description = $"How many, newest first (1 to {Max})",
            DefaultValueFactory = _ => 50,
            HelpName = "N",
        };
        count.Validators.Add(result =>
        {
            if (result.Tokens is [var given] && int.TryParse(given.Value, out var wanted) && wanted is < 1 or > Max)
            {
                result.AddError($"--count must be 1 to {Max}.");
            }
        });
        Command command = new(
            "list",
            "Show what of a job could not be imported: which record, which field, why, and where it stands. Shows field values.")
        {
            job,
            all,
            count,
        };
        filter.AddTo(command);
        local.AddTo(command);
        command.SetAction((parsed, _) => ShowAsync(
            local,
            parsed,
            parsed.GetRequiredValue(job),
            filter.Read(parsed),
            (parsed.GetValue(all), parsed.GetValue(count))));
        return command;
    }

    private static async Task<int> ShowAsync(
        LocalHostArguments arguments, ParseResult parsed, string name, RejectFilter filter, (bool All, int Count) wanted)
    {
        await using var local = arguments.Open(parsed);
        var job = local.FindJob(name);
        RejectsPlace.ThrowUnlessInMarketo(local, job.Name);
        filter.ThrowUnlessIn(job);
        var state = await local.Get<StateStore>().ReadAsync(job.Name, StopSignals.StopRequested);
        var stored = await OpenRejects.ReadAsync(
            local, state, row => (wanted.All || !row.IsOver) && filter.Includes(row, job), wanted.Count);
        var rows = AsOfNow(local, job, stored);
        if (parsed.GetValue(arguments.Json))
        {
            JsonOutput.Write([.. rows.Select(row => Entry(row, job))]);
        }
        else if (rows.Count == 0)
        {
            if (!await WriteExamplesAsync(local, job, state, filter) && state.LastRun is { Error: not null })
            {
                Terminal.Line("The last run failed. What it did not finish is no reject, the next run reads it again: "
                        + $"\"marketo-lambda status {job.Name}\" says why.");
            }

            Terminal.Good(wanted.All ? $"{job.Name} has no rejects{filter}." : $"{job.Name} has no open rejects{filter}.");
        }
        else
        {
            new RejectTableText(job, withValues: !Console.IsErrorRedirected).Write(rows);
            Terminal.Line(
                rows.Count == wanted.Count && state.Rejects is { } known && known.Open + known.Waiting > rows.Count
                    ? $"{Quantity.Format(known.Open, "reject")} of {job.Name} are open and {known.Waiting:N0} wait; --count shows more."
                    : $"Correct the source, or the mapping and then \"marketo-lambda rejects retry {job.Name}\".");
            WriteWaiting(rows, state.Rejects?.RetryAt);
            await WriteExamplesAsync(local, job, state, filter);
        }

        return ExitCode.Done;
    }

    /// <summary>Shows the open rejects of a job.</summary>
    public static async Task PrintAsync(LocalHost local, string name)
    {
        var job = local.FindJob(name);
        var state = await local.Get<StateStore>().ReadAsync(name, StopSignals.StopRequested);
        var rows = await OpenRejects.ReadAsync(local, state, row => !row.IsOver, count: 50);
        new RejectTableText(job, withValues: !Console.IsErrorRedirected).Write(AsOfNow(local, job, rows));
    }

    /// <summary>What stopped the last run, where it rejected too much. False where it did not.</summary>
    private static async Task<bool> WriteExamplesAsync(LocalHost local, SyncJob job, StateRecord state, RejectFilter filter)
    {
        if (!filter.IsEmpty || state.LastRun is not { Error: not null, Number: var number })
        {
            return false;
        }

        var run = (await local.Get<RunStore>().ReadAsync(state.ApiName, [number], StopSignals.StopRequested))
            .RowsOf(number).FirstOrDefault(row => row.Stage == RunStage.Done);
        IReadOnlyList<RejectExample> examples = [.. (run?.Examples ?? []).Select(RejectExample.Read).OfType<RejectExample>()];
        if (examples.Count == 0)
        {
            return false;
        }

        new RejectExamplesText(job, withValues: !Console.IsErrorRedirected).Write(number, examples);
        return true;
    }

    /// <summary>Those that wait are told from those that are open by the job file as it is now.</summary>
    private static IReadOnlyList<RejectRow> AsOfNow(LocalHost local, SyncJob job, IReadOnlyList<RejectRow> rows) =>
        [.. rows.Select(row => row.AsOf(local.Time.GetUtcNow(), job.RetryRejectsFor))];

    private static void WriteWaiting(IReadOnlyList<RejectRow> rows, DateTimeOffset? retryAt)
    {
        if (rows.Count(row => row.Stage == RejectStage.Waiting) is > 0 and var waiting)
        {
            var from = retryAt is { } at ? $" from {ShownTime.Here.Text(at)} on" : "";
            Terminal.Line($"{Quantity.Format(waiting, "record")} of these {(waiting == 1 ? "waits and is" : "wait and are")} tried again "
                + $"by the runs{from}.");
        }
    }

    private static RejectEntry Entry(RejectRow row, SyncJob job)
    {
        var field = RejectedField.Find(row, job);
        return new RejectEntry(row.Job, row.Number, row.Location with { IsLine = job.Source.CountsLines })
        {
            Stage = row.Stage,
            SourceStamp = row.SourceStamp,
            Key = row.Key,
            Code = row.Code,
            Reason = row.Reason,
            Field = field?.Name,
            Value = field?.Value,
            Attempts = row.Attempts,
            FirstSeenAt = row.FirstSeenAt,
            LastSeenAt = row.LastSeenAt,
            WaitsUntil = row.WaitsUntil,
            IsPayloadTooLong = row.IsPayloadTooLong,
            IsOver = row.IsOver,
            CanBeRetried = row.CanBeRetried,
            Payload = Parsed(row.Payload),
        };
    }

    /// <summary>As it is, not as text in a text; a payload that somebody has spoiled is told as text.</summary>
    private static JsonElement? Parsed(string? payload)
    {
        if (payload is null)
        {
            return null;
        }

        try
        {
            return JsonElement.Parse(payload);
        }
        catch (JsonException)
        {
            return JsonSerializer.SerializeToElement(payload, CliJson.Default.String);
        }
    }
}
