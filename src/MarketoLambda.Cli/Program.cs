using System.CommandLine;
using MarketoLambda.Cli.Commands;
using MarketoLambda.Cli.Hosting;
using MarketoLambda.Cli.Output;

RootCommand root = new("Scheduled, incremental imports into Marketo custom objects, with Marketo itself as the only database.")
{
    DemoCommand.Create(),
    EmulateCommand.Create(),
    JobsCommand.Create(),
    InitCommand.Create(),
    RunCommand.Create(),
    StatusCommand.Create(),
    HistoryCommand.Create(),
    ResetCommand.Create(),
    BackfillCommand.Create(),
    RejectsCommand.Create(),
    FilesCommand.Create(),
};

Failures failures = new(isJson: args.Contains("--json"));
using StopSignals signals = new(failures.ToldAborted);
var parsed = root.Parse(args.Length == 0 ? ["--help"] : args);
if (parsed.Errors.Count > 0)
{
    var exitCode = failures.Told(ExitCode.WrongInput, [.. parsed.Errors.Select(error => error.Message)]);
    Terminal.Line($"See {CommandPath.Of(parsed.CommandResult)}--help.");
    return exitCode;
}

// Signals are ours: the first one asks a run to checkpoint and leave, the second one aborts it.
return await failures.ToldInOneSentenceAsync(() => parsed.InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = null, EnableDefaultExceptionHandler = false }));
