namespace MarketoLambda.Emulator.Http;

/// <summary>The path that is meant where a client wrote it carelessly.</summary>
/// <remarks>
/// Clients in use say <c>/rest/../identity</c> and <c>//rest</c>, and are answered. Adobe (rest-api/rest-api) announces the end of double
/// slashes.
/// </remarks>
internal static class RequestPath
{
    public static string Normalize(string path, bool acceptsDoubleSlashes)
    {
        var isPlain = !path.Contains("/..", StringComparison.Ordinal) && !path.Contains("//", StringComparison.Ordinal);
        if (isPlain)
        {
            return path;
        }

        var parts = new List<string>();
        foreach (var part in path[1..].Split('/'))
        {
            if (part == ".." && parts.Count > 0)
            {
                parts.RemoveAt(parts.Count - 1);
            }
            else if (part.Length > 0 || !acceptsDoubleSlashes)
            {
                parts.Add(part);
            }
        }

        return "/" + string.Join('/', parts);
    }
}
