using System.CommandLine;
using MarketoLambda.Cli.Hosting;
using MarketoLambda.Cli.NewJobs;
using MarketoLambda.Cli.Output;
using MarketoLambda.Sync.Failures;
using MarketoLambda.Sync.Guesses;

namespace MarketoLambda.Cli.Commands.Jobs;

/// <summary><c>jobs new</c>: a job for a file, a bucket or a table, as well as it can be guessed, and then <c>jobs check</c>.</summary>
internal static class NewCommand
{
    public static Command Create()
    {
        LocalHostArguments local = new();
        Argument<string> source = new("FILE|BUCKET|CONNECTION")
        {
            Description = "A file of the kind to be imported, a folder or one of a bucket (s3://BUCKET/FOLDER/) whose newest file is "
                + "looked at, or the name of a connection in the settings",
        };
        Option<string?> table = new("--table")
        {
            Description = "Table of the connection, or object of Salesforce",
            HelpName = "NAME",
        };
        Option<string?> target = new("--target")
        {
            Description = "What is filled: API name of a custom object, or a type of target such as company",
            HelpName = "NAME",
        };
        Option<bool> yes = new("--yes") { Description = "Ask nothing: decide, and mark in the job file what is not certain" };
        Command command = new(
            "new",
            "Write a job for a file, bucket or table: look at its rows, find the fields they fill, and check the result. Sends nothing.")
        {
            source,
            table,
            target,
            yes,
        };
        local.AddTo(command);
        command.SetAction((parsed, _) => CreateAsync(
            local,
            parsed,
            new NewJobWish(parsed.GetValue(source) ?? "", parsed.GetValue(table), parsed.GetValue(target)),
            parsed.GetValue(yes)));
        return command;
    }

    private static async Task<int> CreateAsync(LocalHostArguments arguments, ParseResult parsed, NewJobWish wish, bool decides)
    {
        var isAsked = !decides && Terminal.CanAsk && !parsed.GetValue(arguments.Json);
        if (!decides && !isAsked)
        {
            throw new WrongInputException(
                "There is nobody to ask: add --yes to have everything decided, and marked where it is not certain.");
        }

        IGuessAnswers answers = isAsked
            ? new TypedAnswers(TypedLines.AtTerminal(StopSignals.StopRequested), Terminal.Line)
            : new NoAnswers();
        NewJob writer = new(arguments.JobsPath(parsed), arguments.ReadSettings(parsed), answers);
        if (await writer.WriteAsync(wish, StopSignals.StopRequested) is not { } job)
        {
            return ExitCode.WrongInput;
        }

        var checkedJob = await CheckCommand.FindAsync(arguments, parsed, new CheckWish(job.Name) { WithSamples = isAsked });
        CheckCommand.Print(arguments, parsed, checkedJob);
        Terminal.Line(
            $"Next: look at the job in {arguments.JobsPath(parsed)}; \"marketo-lambda init{(job.IsTargetNew ? " --create-objects" : "")}\" "
                + $"makes what is missing in Marketo; \"marketo-lambda run {job.Name} --dry-run\" shows what a run would do.");
        return checkedJob.Report.Jobs.Any(findings => findings.Mistakes.Count > 0) ? ExitCode.WrongInput : ExitCode.Done;
    }
}
