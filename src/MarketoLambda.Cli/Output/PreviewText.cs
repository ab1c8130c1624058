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
        Terminal.Heading($"{preview.Job}: what {what} would do to {preview.Target}");
        Terminal.Line(Counts(preview));
        foreach (var group in preview.Rejects)
        {
            var field = group.Field is null ? "" : $", field {group.Field}";
            Terminal.Warning(
                $"  {Quantity.Format(group.Count, "record")} rejected ({group.Code}{field}): {group.Reason.TrimEnd('.')}; the first is "
                    + group.Example);
        }

        foreach (var change in preview.Changes)
        {
            Terminal.Line($"  {(change.IsNew ? "create" : "update")} {change.Key}{Fields(change)}");
        }

        if (preview.Created + preview.Updated > preview.Changes.Count && preview.Changes.Count > 0)
        {
            Terminal.Line(Text($"  … and {preview.Created + preview.Updated - preview.Changes.Count:N0} more"));
        }

        foreach (var note in preview.Notes)
        {
            Terminal.Line($"  note: {note}");
        }

        if (preview.Stop is { } stop)
        {
            Terminal.Error($"  The run would stop: {stop.TrimEnd('.')}.");
        }

        Terminal.Line(
            $"  It would take at least {Duration.Text(preview.MinDuration)} at the rate this program keeps to, and as long as Marketo "
                + "needs.");
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
        change.Fields.Count == 0
            ? ": no field changes"
            : $": {string.Join(", ", change.Fields.Select(field => change.IsNew
                ? $"{field.Field} {Value(field.After)}"
                : $"{field.Field} {Value(field.Before)} → {Value(field.After)}"))}";

    private static string Value(string value) =>
        value.Length == 0 ? "(empty)" : value.Length <= MaxValue ? $"\"{value}\"" : $"\"{value[..MaxValue]}…\"";

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
