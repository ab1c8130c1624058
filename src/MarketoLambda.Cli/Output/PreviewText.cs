using System.Globalization;
using MarketoLambda.Sync.Previews;
using MarketoLambda.Sync.Wording;

namespace MarketoLambda.Cli.Output;

/// <summary>Shows people what a dry run found.</summary>
internal static class PreviewText
{
    private const int MaxValue = 40;

    /// <param name="preview">What it found.</param>
    /// <param name="what">What would do it, with its article.</param>
    public static void Write(RunPreview preview, string what)
    {
        Terminal.Heading($"{preview.Job}: what {what} would do");
        if (preview.Stop is { } stop)
        {
            Terminal.Error($"It would stop: {stop.TrimEnd('.')}.");
        }

        Terminal.Line($"{(preview.Stop is null ? "" : "Before that, in ")}{preview.Target}: {Counts(preview)}");
        WriteRejects(preview);
        WriteChanges(preview);
        foreach (var note in preview.Notes)
        {
            Terminal.Line($"  note: {note}");
        }

        if (preview.Calls > 0)
        {
            Terminal.Line($"  It would take at least {Duration.Text(preview.MinDuration)}, and more where Marketo is slow.");
        }
    }

    private static void WriteRejects(RunPreview preview)
    {
        foreach (var group in preview.Rejects)
        {
            var field = group.Field is null ? "" : $", field {group.Field}";
            Terminal.Warning(
                $"  {Quantity.Format(group.Count, "record")} rejected ({group.Code}{field}): {group.Reason.TrimEnd('.')}; the first is "
                    + group.Example);
        }
    }

    private static void WriteChanges(RunPreview preview)
    {
        foreach (var change in preview.Changes)
        {
            Terminal.Line($"  {(change.IsNew ? "create" : "update")} {change.Key}{Fields(change)}");
        }

        var others = preview.Created + preview.Updated - preview.UpdatedAsTheyAre - preview.Changes.Count;
        if (others > 0 && preview.Changes.Count > 0)
        {
            Terminal.Line(Text($"  … and {others:N0} more"));
        }

        if (preview.UpdatedAsTheyAre > 0)
        {
            Terminal.Line(
                Text($"  {preview.UpdatedAsTheyAre:N0} of the updates would change nothing: ")
                    + "\"skipUnchanged\": true in the job's \"target\" leaves such records alone");
        }
    }

    private static string Counts(RunPreview preview)
    {
        List<string> parts =
        [
            Text($"{preview.Created:N0} created"),
            Text($"{preview.Updated:N0} updated"),
            Text($"{preview.Unchanged:N0} unchanged"),
            Text($"{preview.Rejected:N0} rejected"),
        ];
        Add(preview.Deleted, "deleted");
        Add(preview.Superseded, "replaced by a later version before they are sent");
        Add(preview.Unknown, "sent, and only Marketo can say what becomes of them");
        return string.Join(" · ", parts);

        void Add(long count, string what)
        {
            if (count > 0)
            {
                parts.Add(Text($"{count:N0} {what}"));
            }
        }
    }

    private static string Fields(RecordChange change) =>
        $": {string.Join(", ", change.Fields.Select(field => change.IsNew
            ? $"{field.Field} {Value(field.After)}"
            : $"{field.Field} {Value(field.Before)} → {Value(field.After)}"))}";

    private static string Value(string value)
    {
        var line = value.ReplaceLineEndings("␊"); // each field stands on the record's own line
        return line.Length == 0 ? "(empty)" : $"\"{Excerpt.Show(line, MaxValue)}\"";
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
