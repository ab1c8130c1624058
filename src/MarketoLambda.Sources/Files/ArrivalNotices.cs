using MarketoLambda.Sync.Sources;
using MarketoLambda.Sync.Wording;

namespace MarketoLambda.Sources.Files;

/// <summary>What is told where no file is there that a job could read, or none came for too long.</summary>
internal static class ArrivalNotices
{
    /// <param name="place">The folder.</param>
    /// <param name="selection">The names that are meant.</param>
    /// <param name="entries">Everything in the folder.</param>
    /// <returns>Null where a file fits.</returns>
    public static SourceNotice? NoneFits(string place, FileSelection selection, IReadOnlyList<FileEntry> entries)
    {
        if (entries.Any(entry => selection.Includes(entry.Name)))
        {
            return null;
        }

        if (entries.Count == 0)
        {
            return new SourceNotice(new SourceLocation(place, 0), "no-files", "there are no files yet");
        }

        return new SourceNotice(
            new SourceLocation(place, 0),
            SourceNotice.NoFileFits,
            $"{Quantity.Format(entries.Count, "file")} here, none fits {selection}: "
                + NearName.List(selection.Patterns[0].Replace("*", "", StringComparison.Ordinal), entries.Select(entry => entry.Name)));
    }

    /// <param name="place">The folder.</param>
    /// <param name="last">When the last file was finished; null where that is not known.</param>
    /// <param name="isFirst">No file was ever finished.</param>
    /// <param name="expected">The longest time without a new file.</param>
    /// <param name="now">The time.</param>
    /// <returns>Null where all is well, or it is not known.</returns>
    public static SourceNotice? Overdue(string place, DateTimeOffset? last, bool isFirst, TimeSpan expected, DateTimeOffset now)
    {
        if (expected == TimeSpan.Zero || (last is null && !isFirst) || now - last <= expected)
        {
            return null;
        }

        var since = last is { } at ? $"since {at:u}" : "yet";
        return new SourceNotice(
            new SourceLocation(place, 0),
            "nothing-new-for-too-long",
            $"no new file came {since}, although one is expected every {Quantity.Format((long)expected.TotalHours, "hour")}; see whether "
                + "what delivers them still works (\"expectNewEveryHours\")"
        );
    }
}
