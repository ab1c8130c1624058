using MarketoLambda.Sync.Wording;

namespace MarketoLambda.Cli.NewJobs;

/// <summary>What a person is told who names a source that is not there: what is there instead.</summary>
internal static class MissingSource
{
    /// <param name="source">A path, as the person wrote it, or the name of a connection.</param>
    /// <param name="connections">Connections of the settings.</param>
    public static string Sentence(string source, IReadOnlyList<string> connections)
    {
        if (!source.AsSpan().ContainsAny('.', '/', '\\'))
        {
            return $"There is no file {source}, and no connection of this name in the settings (Connections__{source}__…)"
                + (connections.Count == 0 ? "." : $"{NearName.Instead(source, connections, "connections")}.");
        }

        var folder = Path.GetDirectoryName(source) is { Length: > 0 } named ? named : ".";
        return Directory.Exists(folder)
            ? $"There is no file {source}{NearName.Instead(Path.GetFileName(source), Files(folder), "files")}."
            : $"There is no file {source}: there is no folder {folder}.";
    }

    private static IEnumerable<string> Files(string folder)
    {
        try
        {
            return [.. Directory.EnumerateFiles(folder).Select(file => Path.GetFileName(file)).Where(name => !name.StartsWith('.'))];
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }
}
