using System.CommandLine;
using MarketoLambda.Cli.Hosting;
using MarketoLambda.Cli.Output;

namespace MarketoLambda.Cli.Commands;

/// <summary><c>init</c>: the objects the program keeps in Marketo, and the records every job needs in them.</summary>
internal static class InitCommand
{
    public static Command Create()
    {
        LocalHostArguments local = new();
        Command command = new(
            "init",
            "Create and approve in Marketo what the program keeps there, and a state record for every job. Safe to repeat.");
        local.AddTo(command);
        command.SetAction((parsed, _) => InitAsync(local, parsed));
        return command;
    }

    private static async Task<int> InitAsync(LocalHostArguments arguments, ParseResult parsed)
    {
        await using var local = arguments.Open(parsed);
        var (exitCode, report) = await LocalSetup.SetUpAsync(local);
        if (parsed.GetValue(arguments.Json))
        {
            JsonOutput.Write(report);
        }

        return exitCode;
    }
}
