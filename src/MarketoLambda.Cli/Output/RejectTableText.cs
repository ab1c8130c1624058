using System.Globalization;
using MarketoLambda.Sync.Jobs;
using MarketoLambda.Sync.Rejects;
using Spectre.Console;

namespace MarketoLambda.Cli.Output;

/// <summary>Rejects for people: a table where there is room for one, else a paragraph for each.</summary>
/// <param name="job">Whose they are.</param>
/// <param name="withValues">Whoever reads sits at a terminal: what the source had for the field is shown too.</param>
internal sealed class RejectTableText(SyncJob job, bool withValues)
{
    /// <summary>In fewer columns reasons would be broken in the middle of words.</summary>
    private const int MinWidthOfWhy = 24;

    /// <summary>Blanks around a cell.</summary>
    private const int Spacing = 3;

    private readonly RejectWords _words = new(job, withValues);

    /// <param name="rows">Newest first.</param>
    public void Write(IReadOnlyList<RejectRow> rows)
    {
        var columns = Columns(rows);
        if (HasRoomFor(columns, column => column.Width))
        {
            WriteTable(rows, columns, column => column.Width);
        }
        else if (HasRoomFor(columns, column => column.MinWidth))
        {
            WriteTable(rows, columns, column => column.MinWidth);
        }
        else
        {
            WriteParagraphs(rows);
        }

        WriteCodes(rows);
    }

    /// <summary>Each code once, with what it means and what to do.</summary>
    private static void WriteCodes(IReadOnlyList<RejectRow> rows)
    {
        var codes = rows.Where(row => !row.IsOver).SelectMany(row => RejectCodes.Split(row.Code)).Distinct();
        foreach (var code in codes.Order(StringComparer.Ordinal))
        {
            if (RejectCodes.Explain(code) is { } meaning)
            {
                Terminal.Line($"  {code}: {meaning}");
            }
        }
    }

    /// <summary>The reason, too, has room for its words then.</summary>
    private static bool HasRoomFor(List<Column> columns, Func<Column, int> width) =>
        columns.Sum(column => width(column) + Spacing) + MinWidthOfWhy + Spacing <= Terminal.People.Profile.Width;

    /// <summary>All but the reason.</summary>
    private List<Column> Columns(IReadOnlyList<RejectRow> rows) =>
        [
            new("Reject", [.. rows.Select(Number)], IsNumber: true),
            new($"Last seen ({ShownTime.Here.Zone})", [.. rows.Select(row => ShownTime.Here.Cell(row.LastSeenAt, hasSeconds: false))])
            {
                IsWhole = true,
            },
            new("Tries", [.. rows.Select(row => row.Attempts.ToString(CultureInfo.InvariantCulture))], IsNumber: true),
            new("Record", [.. rows.Select(row => row.Key ?? "unknown")]),
            new("Where", [.. rows.Select(Place)]),
            new("Field", [.. rows.Select(Field)]),
        ];

    private static void WriteTable(IReadOnlyList<RejectRow> rows, List<Column> columns, Func<Column, int> width)
    {
        Table table = new() { Border = TableBorder.Simple };
        foreach (var column in columns)
        {
            TableColumn shown = new(column.Title) { Width = width(column) };
            table.AddColumn(column.IsNumber ? shown.RightAligned() : shown);
        }

        table.AddColumn("Why");
        for (var row = 0; row < rows.Count; row++)
        {
            table.AddRow([.. columns.Select(column => new Text(column.Cells[row])), Terminal.Text(Why(rows[row]))]);
        }

        Terminal.People.Write(table);
    }

    private void WriteParagraphs(IReadOnlyList<RejectRow> rows)
    {
        foreach (var row in rows)
        {
            var field = Field(row) is { Length: > 0 } known ? $", field {known}" : "";
            Terminal.Line(
                $"{Number(row)}  {row.Key ?? RejectWords.UnknownRecord}, {Place(row)}{field} ({Tries(row)}, last "
                    + $"{ShownTime.Here.Cell(row.LastSeenAt, hasSeconds: false)} {ShownTime.Here.Zone})");
            Terminal.Line($"   {Why(row)}.");
        }
    }

    private static string Tries(RejectRow row) =>
        row.Attempts == 1 ? "1 try" : string.Create(CultureInfo.InvariantCulture, $"{row.Attempts:N0} tries");

    private static string Number(RejectRow row) => row.Number.ToString(CultureInfo.InvariantCulture);

    private string Place(RejectRow row) => _words.Place(row.Location);

    private string Field(RejectRow row) => RejectedField.Find(row, job) is { } field ? _words.Field(field.Name, field.Value) : "";

    private static string Minute(DateTimeOffset time) => ShownTime.Here.Cell(time, hasSeconds: false);

    private static string Why(RejectRow row) => Why(row, $"{RejectCodes.ShortReason(row).TrimEnd('.')} ({row.Code})");

    private static string Why(RejectRow row, string reason) =>
        row.Stage switch
        {
            RejectStage.Resolved => "Marketo took it at a later try",
            RejectStage.Superseded => "Marketo took a newer version of the record",
            RejectStage.Dismissed => "Dismissed",
            RejectStage.Waiting =>
                $"{reason}. Waits since {Minute(row.FirstSeenAt)}, given up after "
                    + Minute(row.WaitsUntil ?? row.FirstSeenAt),
            RejectStage.Held =>
                $"{reason}. What is, or may be, a newer version was sent since, so it is not tried again by "
                    + "itself: look the record up in Marketo",
            _ when row.IsPayloadTooLong => $"{reason}. Too large to be kept whole: look it up in the source",
            _ => reason,
        };

    /// <param name="Title">Its head.</param>
    /// <param name="Cells">From top to bottom.</param>
    /// <param name="IsNumber">It stands to the right.</param>
    private sealed record Column(string Title, string[] Cells, bool IsNumber = false)
    {
        /// <summary>It is not broken between words either.</summary>
        public bool IsWhole { get; init; }

        /// <summary>So wide that no cell is broken.</summary>
        public int Width => Cells.Append(Title).Max(text => text.GetCellWidth());

        /// <summary>So wide that cells are broken between words only: names of files and values stay whole.</summary>
        public int MinWidth =>
            Title.Split(' ').Concat(Cells.SelectMany(cell => IsWhole ? [cell] : cell.Split(' '))).Max(word => word.GetCellWidth());
    }
}
