using System.CommandLine;
using System.CommandLine.Parsing;
using MarketoLambda.Cli.Commands;
using MarketoLambda.Cli.Hosting;
using MarketoLambda.Cli.Output;
using MarketoLambda.Sync.Failures;

RootCommand root = new(
    "Scheduled, incremental imports into Marketo: custom objects, people and more, with Marketo itself as the only database.")
{
    DemoCommand.Create(),
    EmulateCommand.Create(),
    JobsCommand.Create(),
    InitCommand.Create(),
    DoctorCommand.Create(),
    RunCommand.Create(),
    WatchCommand.Create(),
    StatusCommand.Create(),
    HistoryCommand.Create(),
    ResetCommand.Create(),
    BackfillCommand.Create(),
    RejectsCommand.Create(),
    FilesCommand.Create(),
};
root.Options.Add(Failures.Debug);

Failures failures = new(isJson: args.Contains("--json"), isDebug: args.Contains(Failures.Debug.Name));
using StopSignals signals = new(failures.PrintAborted);
AppDomain.CurrentDomain.UnhandledException += (_, unhandled) => Environment.Exit(failures.PrintUnexpected(unhandled.ExceptionObject));
return await failures.PrintFailuresAsync(async () =>
{
    var parsed = root.Parse(args switch
    {
        [] => ["--help"],
        ["help", .. var command] => [.. command, "--help"],
        _ => args,
    });
    if (parsed.Tokens is [{ Type: TokenType.Directive }, ..])
    {
        return await parsed.InvokeAsync(); // a shell asks what may follow: an unfinished line is no mistake
    }

    IReadOnlyList<string> mistakes = UnknownWords.Find(parsed) is { Count: > 0 } unknown
        ? unknown
        : ParseMistake.Find(parsed);
    if (mistakes.Count > 0)
    {
        var exitCode = failures.Print(ExitCode.WrongInput, mistakes);
        Terminal.Line($"See {StartedAs.Command} {CommandPath.From(parsed.CommandResult)}--help.");
        return exitCode;
    }

    // Signals are ours: the first one asks a run to checkpoint and leave, the second one aborts it.
    return await parsed.InvokeAsync(
        new InvocationConfiguration { ProcessTerminationTimeout = null, EnableDefaultExceptionHandler = false }
    );
});
