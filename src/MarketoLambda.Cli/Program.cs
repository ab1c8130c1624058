using System.CommandLine;
using MarketoLambda.Cli.Commands;
using MarketoLambda.Cli.Hosting;

RootCommand root = new("Scheduled, incremental imports into Marketo custom objects, with Marketo itself as the only database.")
{
    DemoCommand.Create(),
    EmulateCommand.Create(),
    InitCommand.Create(),
    RunCommand.Create(),
    StatusCommand.Create(),
};

using StopSignals signals = new();
var parsed = root.Parse(args);
if (parsed.Errors.Count > 0)
{
    await parsed.InvokeAsync();
    return ExitCode.WrongInput;
}

// Signals are ours: the first one asks a run to checkpoint and leave, the second one aborts it.
return await Failures.ToldInOneSentenceAsync(() => parsed.InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = null, EnableDefaultExceptionHandler = false }));
