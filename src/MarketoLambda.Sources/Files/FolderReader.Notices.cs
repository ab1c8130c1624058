using MarketoLambda.Sync.Wording;

namespace MarketoLambda.Sources.Files;

/// <content>What people are told about files.</content>
internal sealed partial class FolderReader
{
    private void ThrowIfNeverAtRest(string name)
    {
        var now = time.GetUtcNow();
        if (now - checkpoint.WaitSince(name, now) > options.Habits.SettleWithin)
        {
            throw FileErrors.NeverSettles(name, options.Habits.SettleWithin);
        }
    }

    private void NoticeWhatIsOdd(Admission.Granted granted, IFileRows rows, bool isHalf)
    {
        var name = granted.File.Name;
        if (checkpoint.Half is { } half && (!isHalf || half.Rows > rows.RowCount))
        {
            pending.Notice(
                name,
                "file-replaced",
                "the file was replaced after a part of it was imported; it is imported again from its beginning");
        }

        if (granted.IsReplacement)
        {
            pending.Notice(
                name,
                "file-replaced",
                options.Cursor is null
                    ? "the file was replaced after it was imported; it is imported again"
                    : "the file was replaced after it was imported; its rows from the mark on are imported again, and older ones are "
                        + "passed over (\"reset\" brings them)"
            );
        }

        if (granted.IsFromTheFuture)
        {
            pending.Notice(
                name,
                "file-from-the-future",
                $"the file's time of change, {granted.File.ModifiedAt:u}, is in the future; it is read, but compare the clocks");
        }

        if (IsEmpty(granted.File))
        {
            pending.Notice(
                name,
                "empty-file",
                "the file has no bytes and counts as finished; if it was cut, put the whole file in its place, and it is read");
        }
        else if (rows.RowCount == 0)
        {
            pending.Notice(name, "no-rows", rows.HasHeader ? "the file has a header but no rows" : "the file has no rows");
        }
    }

    private void NoticeIfLate(OpenFile open)
    {
        if (open.Newer is { } newer)
        {
            pending.Notice(
                open.File.Name,
                "late-file",
                $"the file came, or was replaced, after files with greater names were imported; {Quantity.Format(newer.Files, "file")} "
                    + $"above it {(newer.Files == 1 ? "was" : "were")} compared, and "
                    + (
                        newer.HeldBack == 0
                            ? newer.Files == 1
                                ? "it holds no newer one of its records"
                                : "none of them holds a newer one of its records"
                            : $"{Quantity.Format(newer.HeldBack, "row")} of it {(newer.HeldBack == 1 ? "is" : "are")} not sent, because "
                                + "newer ones of the same records were imported"
                    ));
        }
    }
}
