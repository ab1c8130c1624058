using System.Formats.Tar;

namespace MarketoLambda.Sources.Files;

/// <summary>
/// Tells files from pipes and devices, which have a name in a folder too, but no end: opening a pipe waits for whoever writes.
/// </summary>
internal static class FileKind
{
    /// <summary>False for pipes and devices. A socket counts as a file: opening it fails at once.</summary>
    /// <param name="file">What is there; no link.</param>
    /// <remarks>
    /// Of .NET's own means only tar tells kinds apart. It opens files to pack them, so only those are asked for that have no bytes.
    /// </remarks>
    public static bool IsRegular(FileInfo file)
    {
        if (file.Length > 0 || OperatingSystem.IsWindows())
        {
            return true;
        }

        using MemoryStream packed = new();
        try
        {
            using TarWriter writer = new(packed, leaveOpen: true);
            writer.WriteEntry(file.FullName, "file");
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return true; // whoever opens it is told the same
        }

        packed.Position = 0;
        using TarReader reader = new(packed);
        return reader.GetNextEntry()?.EntryType is not (TarEntryType.Fifo or TarEntryType.CharacterDevice or TarEntryType.BlockDevice);
    }
}
