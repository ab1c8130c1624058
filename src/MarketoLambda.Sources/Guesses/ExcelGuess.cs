using MarketoLambda.Sources.Csv;
using MarketoLambda.Sources.Excel;
using MarketoLambda.Sync.Sources;

namespace MarketoLambda.Sources.Guesses;

/// <summary>Finds the header of a workbook's first sheet.</summary>
internal static class ExcelGuess
{
    /// <exception cref="SourceException">It is no workbook, or has no header.</exception>
    public static GuessedFile Read(string name, Stream bytes, CancellationToken cancellationToken)
    {
        using var package = ExcelPackage.Open(name, bytes, cancellationToken);
        using var rows = ExcelRows.Open(package, name, new ExcelOptions());
        List<HeaderCandidate> first = [];
        while (first.Count < HeaderGuess.MaxRows && rows.Read(cancellationToken))
        {
            first.Add(new HeaderCandidate(
                rows.SheetRow,
                [.. Enumerable.Range(0, rows.Width).Select(column => HeaderName.Normal(ExcelValue.Text(rows.Value(column))))])
            {
                IsText = Enumerable.Range(0, rows.Width).All(column => rows.Value(column) is null or string),
            });
        }

        var header = HeaderGuess.Find(first) ?? throw package.Error("has no row that could be a header; its columns need names");
        return new GuessedFile("excel", HeaderGuess.Settings(header, first[0]), HeaderGuess.Columns(header));
    }
}
