using MarketoLambda.Sync.Sources;
using MarketoLambda.Sync.Wording;

namespace MarketoLambda.Sources.Excel;

/// <summary>Chooses the sheet that is read.</summary>
internal static class SheetChoice
{
    /// <param name="package">The workbook.</param>
    /// <param name="sheets">Its sheets.</param>
    /// <param name="wanted">The name of one; null for the first whose tab is shown.</param>
    /// <exception cref="SourceException">There is none.</exception>
    public static Sheet Choose(ExcelPackage package, IReadOnlyList<Sheet> sheets, string? wanted)
    {
        if (wanted is null)
        {
            return sheets.FirstOrDefault(sheet => sheet.IsVisible)
                ?? throw package.Error("has no sheet whose tab is shown; name one in \"sheet\"");
        }

        var found = sheets.FirstOrDefault(sheet => sheet.Name.Trim().Equals(wanted.Trim(), StringComparison.OrdinalIgnoreCase));
        if (found is not null)
        {
            return found;
        }

        var near = NearName.Find(wanted, sheets.Select(sheet => sheet.Name)) is { } meant
            ? $" (did you mean \"{meant}\"?)" : "";
        var names = Quantity.List(sheets.Select(sheet => $"\"{sheet.Name}\""));
        throw package.Error(
            $"has no sheet \"{wanted}\"{near}; its sheets are {names}", correct: "\"sheet\" in the job file, or the file,");
    }
}
