namespace MarketoLambda.Emulator.Http;

/// <summary>Parameters of a query string or of a form body. The first of two with one name counts.</summary>
internal sealed class QueryString
{
    private readonly Dictionary<string, string> _values = new(StringComparer.Ordinal);

    public string? this[string name] => _values.TryGetValue(name, out var value) && value.Length > 0 ? value : null;

    public static QueryString Parse(string query)
    {
        var parsed = new QueryString();
        parsed.Add(query);
        return parsed;
    }

    /// <summary>Adds parameters that are not there yet.</summary>
    public void Add(string query)
    {
        foreach (var pair in query.Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var equals = pair.IndexOf('=', StringComparison.Ordinal);
            _values.TryAdd(Decode(equals < 0 ? pair : pair[..equals]), equals < 0 ? "" : Decode(pair[(equals + 1)..]));
        }
    }

    private static string Decode(string text) => Uri.UnescapeDataString(text.Replace('+', ' '));
}
