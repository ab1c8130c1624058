using System.CommandLine;
using MarketoLambda.Cli.Hosting;
using MarketoLambda.Cli.Output;
using MarketoLambda.Sync.Setup;
using MarketoLambda.Sync.State;
using Spectre.Console;

namespace MarketoLambda.Cli.Commands;

/// <summary><c>init</c>: the state object, and one record in it for every job.</summary>
internal static class InitCommand
{
    public static Command Create()
    {
        DeskArguments desk = new();
        Command command = new("init", "Create and approve the state object in Marketo, and a state record for every job. Safe to repeat.");
        desk.AddTo(command);
        command.SetAction((parsed, _) => InitAsync(desk, parsed));
        return command;
    }

    private static async Task<int> InitAsync(DeskArguments arguments, ParseResult parsed)
    {
        await using var desk = arguments.Open(parsed);
        return await SetUpAsync(desk);
    }

    /// <summary>Sets up what is missing and tells what was done.</summary>
    public static async Task<int> SetUpAsync(Desk desk)
    {
        var setup = desk.Get<StateSetup>();
        var result = await setup.EnsureObjectAsync(StopSignals.StopRequested);
        switch (result.Outcome)
        {
            case StateSetupOutcome.AlreadyThere:
                Terminal.Line($"{StateFields.ObjectApiName} is there and complete.");
                break;
            case StateSetupOutcome.Created:
                Terminal.Line($"Created and approved {StateFields.ObjectApiName} with {result.Fields.Count} fields.");
                break;
            case StateSetupOutcome.Completed:
                Terminal.Line($"Added to {StateFields.ObjectApiName}: {string.Join(", ", result.Fields.Select(field => field.Name))}.");
                break;
            default:
                Terminal.Error($"The program may not do it: {result.Refusal}");
                if (!await IsUsableAsync(desk))
                {
                    WriteInstructions(result);
                    return ExitCode.Failed;
                }

                Terminal.Warning($"{StateFields.ObjectApiName} can be used as it is, but remembers less: add by hand {string.Join(", ", result.Fields.Select(field => $"\"{field.DisplayName}\" ({field.DataType})"))}.");
                break;
        }

        foreach (var job in desk.Jobs)
        {
            var created = await setup.EnsureRecordAsync(job.ApiName, StopSignals.StopRequested);
            Terminal.Line(created ? $"Created the state record of {job.ApiName}." : $"The state record of {job.ApiName} is there.");
        }

        return ExitCode.Done;
    }

    private static async Task<bool> IsUsableAsync(Desk desk)
    {
        try
        {
            await desk.Get<StateStore>().GetMissingFieldsAsync(StopSignals.StopRequested);
            return true;
        }
        catch (StateException)
        {
            return false;
        }
    }

    private static void WriteInstructions(StateSetupResult result)
    {
        Terminal.Line();
        Terminal.Line("Create it by hand, once, in Marketo:");
        Terminal.Line("  1. Admin > Marketo Custom Objects > New Custom Object");
        Terminal.Line($"     Display Name  {StateFields.ObjectDisplayName}");
        Terminal.Line($"     API Name      {StateFields.ObjectApiName}   (Marketo adds the _c)");
        Terminal.Line("     No link field: it belongs to no person, so no one deletes it by accident.");
        Terminal.Line("  2. Fields tab > New Field, for each of:");
        Table table = new() { Border = TableBorder.Simple };
        table.AddColumns("Display Name", "API Name", "Type", "");
        foreach (var field in result.Fields)
        {
            table.AddRow(field.DisplayName, field.Name, field.DataType, field == StateFields.ApiName ? "Dedupe Field" : "");
        }

        Terminal.People.Write(table);
        Terminal.Line("  3. Custom Object Actions > Approve Object");
        Terminal.Line("Then run \"marketo-lambda init\" again: it checks the result and creates the state records.");
    }
}
