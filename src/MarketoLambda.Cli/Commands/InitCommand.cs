using System.CommandLine;
using MarketoLambda.Cli.Hosting;
using MarketoLambda.Cli.Output;
using MarketoLambda.Marketo.Schema;

namespace MarketoLambda.Cli.Commands;

/// <summary><c>init</c>: the objects the program keeps in Marketo, and the records every job needs in them.</summary>
internal static class InitCommand
{
    public static Command Create()
    {
        LocalHostArguments local = new();
        Option<bool> create = new("--create-objects")
        {
            Description = "Create and approve custom objects that jobs fill and Marketo does not have, with fields and types guessed from "
                + "the rows of the source; without it a person at a terminal is asked",
        };
        Option<string[]> link = new("--link")
        {
            Description = "With --create-objects: a field that links to people, companies or another object, such as email=lead.email",
            HelpName = "FIELD=OBJECT.FIELD",
        };
        Command command = new(
            "init",
            "Create and approve in Marketo what the program keeps there, and a state record for every job. Safe to repeat.")
        {
            create,
            link,
        };
        local.AddTo(command);
        command.SetAction((parsed, _) => InitAsync(local, parsed, parsed.GetValue(create), ObjectLinks.Parse(parsed.GetValue(link) ?? [])));
        return command;
    }

    private static async Task<int> InitAsync(
        LocalHostArguments arguments, ParseResult parsed, bool creates, IReadOnlyDictionary<string, CustomObjectLink> links)
    {
        await using var local = arguments.Open(parsed);
        var isAsked = !creates && Terminal.IsWatched && !Console.IsInputRedirected && !parsed.GetValue(arguments.Json);
        MissingObjects missing = new(local) { Creates = creates, IsAsked = isAsked, Links = links };
        var (exitCode, report) = await LocalSetup.SetUpAsync(local, missing);
        if (parsed.GetValue(arguments.Json))
        {
            JsonOutput.Write(report);
        }

        return exitCode;
    }
}
