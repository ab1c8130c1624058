using System.Globalization;
using MarketoLambda.Sync.Jobs;
using MarketoLambda.Sync.Rejects;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace MarketoLambda.Cli.Output;

/// <summary>Rejects as a table for people.</summary>
internal static class RejectTableText
{
    /// <param name="rows">Newest first.</param>
    /// <param name="job">Whose they are.</param>
    /// <param name="withValues">Whoever reads sits at a terminal: what the source had for the field is shown too.</param>
    public static void Write(IReadOnlyList<RejectRow> rows, SyncJob job, bool withValues)
    {
        Table table = new() { Border = TableBorder.Simple };
        table
            .AddColumn(new TableColumn("Reject").RightAligned())
            .AddColumn(new TableColumn($"Last seen ({ShownTime.Here.Zone})"))
            .AddColumn(new TableColumn("Tries").RightAligned())
            .AddColumn("Record")
            .AddColumn("Where")
            .AddColumn("Field")
            .AddColumn("Why");
        foreach (var row in rows)
        {
            table.AddRow([.. Cells(row, job, withValues)]);
        }

        Terminal.People.Write(table);
    }

    private static IEnumerable<IRenderable> Cells(RejectRow row, SyncJob job, bool withValues)
    {
        var field = RejectedField.Find(row, job);
        var value = withValues && field?.Value is { } kept ? $" \"{kept}\"" : "";
        yield return new Text(row.Number.ToString(CultureInfo.InvariantCulture));
        yield return new Text(ShownTime.Here.Cell(row.LastSeenAt, hasSeconds: false));
        yield return new Text(row.Attempts.ToString(CultureInfo.InvariantCulture));
        yield return new Text(row.Key ?? "unknown");
        yield return new Text((row.Location with { IsLine = job.Source.CountsLines }).ToString());
        yield return new Text(field is null ? "" : $"{field.Name}{value}");
        yield return Terminal.Text(Why(row));
    }

    private static string Why(RejectRow row) =>
        row.Stage switch
        {
            RejectStage.Resolved => "Marketo took it at a later try",
            RejectStage.Superseded => "Marketo took a newer version of the record",
            RejectStage.Dismissed => "Dismissed",
            RejectStage.Held =>
                $"{row.Reason.TrimEnd('.')} ({row.Code}). What is, or may be, a newer version was sent since, so it is not tried again by "
                    + "itself: look the record up in Marketo",
            _ when row.IsPayloadTooLong => $"{row.Reason.TrimEnd('.')} ({row.Code}). Too large to be kept whole: look it up in the source",
            _ => $"{row.Reason.TrimEnd('.')} ({row.Code})",
        };
}
