using MarketoLambda.Sources.Csv;
using MarketoLambda.Sources.Files;
using MarketoLambda.Sync.Sources;
using MarketoLambda.Sync.Wording;

namespace MarketoLambda.Sources.Excel;

/// <summary>The names over the columns of a sheet, compared as those of a CSV file.</summary>
/// <remarks>A name appears in a message only where some other needed column is there too: in a sheet without header, the "names" are a
/// person's data.</remarks>
internal sealed class ExcelHeader
{
    /// <summary>Rows behind the supposed header in which the real one is looked for.</summary>
    private const int RowsLookedAt = 50;

    private readonly string[] _names;
    private readonly int _row;
    private readonly SourceLocation _file;

    private ExcelHeader(ExcelRows rows)
    {
        _names = Names(rows);
        _row = rows.SheetRow;
        _file = new SourceLocation(rows.Place.Container, 0);
    }

    /// <summary>The first and the last column with a name.</summary>
    public (int First, int Last) Named =>
        (Array.FindIndex(_names, name => name.Length > 0), Array.FindLastIndex(_names, name => name.Length > 0));

    /// <summary>Goes to the header, and makes sure that it has the needed columns.</summary>
    /// <exception cref="SourceException">It has not, or cannot be told.</exception>
    public static ExcelHeader Read(ExcelRows rows, ExcelOptions options, IReadOnlyList<string> needed, CancellationToken cancellationToken)
    {
        do
        {
            if (!rows.Read(cancellationToken))
            {
                throw FileErrors.Create(
                    new SourceLocation(rows.Place.Container, 0), "has an empty sheet; even one without rows needs its header");
            }
        }
        while (rows.SheetRow <= options.RowsBeforeHeader);

        ExcelHeader header = new(rows);
        if (rows.Merged.Across(rows.SheetRow) is { } merged)
        {
            throw header.Error(
                $"has merged cells in its header, columns {ColumnLetters.Format(merged.FromColumn)} to "
                + $"{ColumnLetters.Format(merged.ToColumn)} of row {header._row}; unmerge them, and give each column a name of its own");
        }

        if (needed.FirstOrDefault(column => header.Find(column) < 0) is { } lacking)
        {
            var correct = needed.Any(column => header.Find(column) >= 0) ? "the column's name in the job file" : "the job file";
            throw header.Error(header.Explain(rows, lacking, needed, cancellationToken), $"{correct}, or correct the file");
        }

        return needed.FirstOrDefault(column => header._names.Count(name => Is(name, column)) > 1) is { } duplicate
            ? throw header.Error(
                $"has the name {HeaderName.Shown(duplicate)} over several columns, and the job needs it; each needs its own")
            : header;
    }

    /// <summary>Where the columns stand, in the order asked for; all are there.</summary>
    public int[] Locate(IReadOnlyList<string> columns) => [.. columns.Select(Find)];

    /// <summary>Whether the row read last is this header again.</summary>
    public bool IsRepeatedBy(ExcelRows rows) =>
        _names.Length > 1 && _names.Index().All(column => Is(column.Item, ExcelValue.Text(rows.Value(column.Index))));

    /// <summary>What is said of a column without a name that has values.</summary>
    /// <param name="column">From 0.</param>
    /// <param name="row">The first that has one.</param>
    public SourceException Unnamed(int column, int row) => Error(
        $"has no name over column {ColumnLetters.Format(column)} in its header, row {_row}, but a value below it, in row {row}; "
        + "give the column a name");

    /// <summary>Whether a column has a name.</summary>
    public bool Names(int column) => column < _names.Length && _names[column].Length > 0;

    private static bool Is(string name, string column) => name.Equals(HeaderName.Normal(column), StringComparison.OrdinalIgnoreCase);

    private static string[] Names(ExcelRows rows) =>
        [.. Enumerable.Range(0, rows.Width).Select(column => HeaderName.Normal(ExcelValue.Text(rows.Value(column))))];

    private int Find(string column) => Array.FindIndex(_names, name => name.Length > 0 && Is(name, column));

    private string Explain(ExcelRows rows, string column, IReadOnlyList<string> needed, CancellationToken cancellationToken)
    {
        var names = _names.Where(name => name.Length > 0).ToList();
        var near = NearName.Find(HeaderName.Normal(column), names) is { } meant ? $" (did you mean {HeaderName.Shown(meant)}?)" : "";
        if (needed.Any(other => Find(other) >= 0))
        {
            return $"has no column {HeaderName.Shown(column)}{near}; its columns are {Quantity.List(names.Select(HeaderName.Shown))}";
        }

        for (var probed = 0; probed < RowsLookedAt && rows.Read(cancellationToken); probed++)
        {
            var others = Names(rows);
            if (needed.All(one => others.Any(name => Is(name, one))))
            {
                return $"has its header in row {rows.SheetRow}; set \"headerRow\": {rows.SheetRow}";
            }
        }

        return $"has no column {HeaderName.Shown(column)}{near}, nor any other of the needed ones, in row {_row} of its sheet, "
            + "where the header must be; \"headerRow\" names another row, and \"sheet\" another sheet";
    }

    private SourceException Error(string problem, string correct = "the file") => FileErrors.Create(_file, problem, correct: correct);
}
