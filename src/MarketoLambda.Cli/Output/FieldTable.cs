using System.Globalization;
using MarketoLambda.Sync.Checks;
using Spectre.Console;

namespace MarketoLambda.Cli.Output;

/// <summary>What goes where, one line a field: what is too long for the terminal is cut, so that nothing wraps.</summary>
internal static class FieldTable
{
    /// <summary>Blanks around a cell and the line's edges.</summary>
    private const int Spacing = 3;

    /// <param name="fields">The fields of a job.</param>
    /// <param name="width">Width of the terminal, in cells.</param>
    public static Table Create(IReadOnlyList<FieldPreview> fields, int width)
    {
        List<(string Title, string[] Cells)> columns =
        [
            Column("Source", field => field.From),
            Column("Marketo field", field => field.Field),
        ];
        if (fields.Any(field => field.Type is not null))
        {
            columns.Add(Column("Type", field => field.Type));
        }

        if (fields.Any(field => field.Sample is not null))
        {
            columns.Add(Column("Sample", field => field.Sample));
        }

        var widths = Shared(
            columns.ConvertAll(column => column.Cells.Append(column.Title).Max(text => text.GetCellWidth())),
            width - 1 - (Spacing * columns.Count));
        Table table = new() { Border = TableBorder.Simple };
        for (var i = 0; i < columns.Count; i++)
        {
            table.AddColumn(new TableColumn(new Text(columns[i].Title)) { Width = widths[i] });
        }

        for (var row = 0; row < fields.Count; row++)
        {
            table.AddRow(columns.Select((column, i) => new Text(Cut(column.Cells[row], widths[i]), Style(column.Cells[row]))));
        }

        return table;

        (string Title, string[] Cells) Column(string title, Func<FieldPreview, string?> text) =>
            (title, [.. fields.Select(field => Visible(text(field) ?? ""))]);
    }

    /// <summary>Widths that fit together: whoever wants most gives way first.</summary>
    private static List<int> Shared(List<int> wanted, int width)
    {
        while (wanted.Sum() > Math.Max(width, wanted.Count))
        {
            wanted[wanted.LastIndexOf(wanted.Max())]--;
        }

        return wanted;
    }

    private static string Cut(string text, int width)
    {
        if (text.GetCellWidth() <= width)
        {
            return text;
        }

        var kept = text;
        while (kept.Length > 0 && kept.GetCellWidth() >= width)
        {
            kept = kept[..StringInfo.ParseCombiningCharacters(kept)[^1]];
        }

        return kept + "…";
    }

    /// <summary>What is said in place of a value steps back, and what is wrong stands out.</summary>
    private static Style Style(string text) => text switch
    {
        JobCheck.NoSuchField => new Style(Color.Red),
        _ when text.EndsWith(JobCheck.DoesNotFit, StringComparison.Ordinal) || text.EndsWith(JobCheck.NotInMap, StringComparison.Ordinal) =>
            new Style(Color.Red),
        JobCheck.Omitted or JobCheck.Cleared => new Style(decoration: Decoration.Dim),
        _ => Spectre.Console.Style.Plain,
    };

    /// <summary>A value of the source may hold anything, also what would move the cursor or turn the text around.</summary>
    private static string Visible(string text) => VisibleText.From(text).Replace('\n', '\u240a').Replace('\t', '\u2409');
}
