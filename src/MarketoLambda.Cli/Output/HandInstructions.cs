using MarketoLambda.Sync.Setup;
using MarketoLambda.Sync.State.Tables;
using Spectre.Console;

namespace MarketoLambda.Cli.Output;

/// <summary>What to click in Marketo where the program may not create an object.</summary>
internal static class HandInstructions
{
    /// <summary>Marketo appends it to what a person types.</summary>
    private const string Suffix = "_c";

    public static void Write(StateTable kept, StateSetupResult result)
    {
        Terminal.Line();
        Terminal.Line("Create it by hand, once, in Marketo:");
        Terminal.Line("  1. Admin > Marketo Custom Objects > New Custom Object");
        Terminal.Line($"     Display Name  {kept.DisplayName}");
        Terminal.Line($"     API Name      {kept.ApiName[..^Suffix.Length]}   (Marketo adds {Suffix} by itself: {kept.ApiName})");
        Terminal.Line("     No link field: it belongs to no person, so no one deletes it by accident.");
        Terminal.Line("  2. Fields tab > New Field, for each of:");
        Table table = new() { Border = TableBorder.Simple };
        table.AddColumns("Display Name", "API Name", "Type", "");
        foreach (var field in result.Fields)
        {
            table.AddRow(field.DisplayName, field.Name, field.DataType, field == kept.KeyField ? "Dedupe Field" : "");
        }

        Terminal.People.Write(table);
        Terminal.Line("  3. Custom Object Actions > Approve Object");
        Terminal.Line("Then run \"marketo-lambda init\" again: it checks the result and creates the state records.");
    }
}
