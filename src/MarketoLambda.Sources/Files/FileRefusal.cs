using MarketoLambda.Sync.Reading;

namespace MarketoLambda.Sources.Files;

/// <summary>What a person is told when a file cannot be finished, whatever it holds.</summary>
internal static class FileRefusal
{
    public static SourceException Changed(string file) =>
        new($"{file} was changed while it was read, so it does not count as finished. Run again once nothing writes to it; "
            + "in a folder on disk, better still, let its producer write under another name and rename the complete file");
}
