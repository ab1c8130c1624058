using MarketoLambda.Sync.Sources;

namespace MarketoLambda.Sources.Files;

/// <summary>What is told of a name in a folder that is no file that can be read.</summary>
internal static class OddEntry
{
    public static SourceNotice Notice(FileEntry entry)
    {
        var (code, message) = entry.Kind switch
        {
            FileEntryKind.DeadLink => ("dead-link", "this link leads to a file that is not there, and nothing is read; mend or remove it"),
            FileEntryKind.LinkLoop => ("link-loop", "this link leads back to itself, and nothing is read; mend or remove it"),
            FileEntryKind.UnreadableName => (
                "unreadable-name",
                "the name of this file is not valid UTF-8 (\uFFFD stands for what is not), so it cannot be opened and is not read; "
                    + "rename it"
            ),
            _ => ("not-a-file", "this is a pipe or a device and no file, and it is left alone; move it out of the folder"),
        };
        return new SourceNotice(new SourceLocation(entry.Name, 0), code, message);
    }
}
