using System.CommandLine;
using MarketoLambda.Cli.Hosting;
using MarketoLambda.Cli.Output;
using MarketoLambda.Marketo.Schema;

namespace MarketoLambda.Cli.Commands;

/// <summary><c>init</c>: the objects the program keeps in Marketo, and the records every job needs in them.</summary>
internal sealed class InitCommand
{
    private readonly LocalHostArguments _local = new();
    private readonly Option<bool> _creates = new("--create-objects")
    {
        Description = "Create and approve custom objects that jobs fill and Marketo does not have, with fields and types guessed from "
            + "the rows of the source; without it a person at a terminal is asked",
    };
    private readonly Option<string[]> _links = new("--link")
    {
        Description = "With --create-objects: a field that links to people, companies or another object, such as email=lead.email",
        HelpName = "FIELD=OBJECT.FIELD",
    };
    private readonly Option<int> _typeLimit = new("--type-limit")
    {
        Description = "How many custom object types there may be, where your contract allows more or people made some by hand",
        HelpName = "NUMBER",
        DefaultValueFactory = _ => CustomObjectLimits.Types,
    };

    public static Command Create()
    {
        InitCommand init = new();
        Command command = new(
            "init",
            "Create and approve in Marketo what the program keeps there, and a state record for every job. Safe to repeat.")
        {
            init._creates,
            init._links,
            init._typeLimit,
        };
        init._local.AddTo(command);
        command.SetAction((parsed, _) => init.SetUpAsync(parsed));
        return command;
    }

    private async Task<int> SetUpAsync(ParseResult parsed)
    {
        var links = ObjectLinks.Parse(parsed.GetValue(_links) ?? []);
        await using var host = _local.Open(parsed);
        MissingObjects missing = new(host)
        {
            Creates = parsed.GetValue(_creates),
            IsAsked = !parsed.GetValue(_creates) && Terminal.CanAsk && !parsed.GetValue(_local.Json),
            Links = links,
            TypeLimit = parsed.GetValue(_typeLimit),
        };
        var (exitCode, report) = await LocalSetup.SetUpAsync(host, missing);
        if (parsed.GetValue(_local.Json))
        {
            JsonOutput.Write(report);
        }

        return exitCode;
    }
}
