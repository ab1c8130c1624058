using MarketoLambda.Sync.Sources;
using MarketoLambda.Sync.Wording;

namespace MarketoLambda.Sources.Files;

/// <summary>What a person is told when a file cannot be used or finished, or nobody knows which files are, whatever they hold.</summary>
internal static class FileErrors
{
    /// <summary>A whole file cannot be used.</summary>
    /// <param name="place">The file, and the row where it goes wrong; row 0 for the file or its header.</param>
    /// <param name="problem">What is wrong and what is expected; no cell's content.</param>
    /// <param name="cause">For developers, where there is one that shows no content.</param>
    /// <param name="correct">What may be corrected.</param>
    public static SourceException Create(SourceLocation place, string problem, Exception? cause = null, string correct = "the file") =>
        new($"{place} {problem}. Correct {correct} or move it out of the folder: until then it and the files after it wait", cause);

    public static SourceException Changed(string file) =>
        new($"{file} was changed while it was read, so it does not count as finished. Run again once nothing writes to it; "
            + "in a folder on disk, better still, let its producer write under another name and rename the complete file");

    /// <param name="folder">Where they are.</param>
    /// <param name="count">How many.</param>
    /// <param name="example">The first of them.</param>
    /// <param name="next">A name that all of them are before.</param>
    public static SourceException Unproven(string folder, int count, string example, string next) =>
        new(
            $"Whether {count} of the files in {folder}, the first of them {example}, were imported is not known: the stored position does "
                + "not say so of each. "
                + $"If they were, \"marketo-lambda files forget JOB --before \"{next}\"\" marks every file named before that one as "
                + "finished; "
                + "if not, \"marketo-lambda reset JOB\" imports all files again. Until then nothing is read");

    public static SourceException LateBelowGone(string file) =>
        new(
            $"{file} came, or was replaced, after files with greater names were imported, and not all of those are here any more: whether "
                + "its rows are older than what was imported cannot be told. "
                + "Put those files back, or remove this one if newer files hold all it has, or give it a name above theirs if it is the "
                + "newest; "
                + "\"lateFiles\": \"importLast\" in the job file imports such files as the newest. Until then it and the files after "
                + "it wait"
        );

    public static SourceException LateAndLarge(string file) =>
        new(
            $"{file} came, or was replaced, after files with greater names were imported, and at most {LateFiles.MaxRows} rows of such a "
                + "file can be compared with theirs. "
                + "Cut it into smaller files. Until then it and the files after it wait");

    public static SourceException NeverSettles(string file, TimeSpan after) =>
        new(
            $"{file} has been changed again and again for more than {Quantity.Format((long)after.TotalMinutes, "minute")}, and the files "
                + "after it wait. "
                + "Let its producer write under another name and rename the complete file, or move it out of the folder; "
                + "\"settleWithinMinutes\" and \"settleSeconds\" in the job file say how long is waited"
        );

    public static SourceException HistoryLost() =>
        new(
            "Records of finished files are missing in Marketo's object customObjectSyncRun_c (JOB#files#…), or were changed by hand, so "
                + "which files were imported is not known. "
                + "Restore them, or choose: \"marketo-lambda files forget JOB --before NAME\" marks every file named before NAME as "
                + "finished, "
                + "and \"marketo-lambda reset JOB\" imports all files again. Until then nothing is read");

    public static SourceException NoHistory() =>
        new(
            "Marketo's object customObjectSyncRun_c has no text field endResumePosition, which has to remember the files that are "
                + "finished. "
                + "Run \"marketo-lambda init\" to add it; nothing more is read");

    /// <param name="capacity">Characters there are.</param>
    public static SourceException NoRoom(int capacity) =>
        new(
            $"The field resumePosition of Marketo's object customObjectSyncMetadata_c holds {capacity} characters, too few to remember "
                + "which files are finished. "
                + "Run \"marketo-lambda init\" to add it as a text field of 2,000, or set \"cursor\" in the job file, so that rows are "
                + "told apart by their time; nothing was read"
        );
}
