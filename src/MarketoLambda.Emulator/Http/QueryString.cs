namespace MarketoLambda.Emulator.Http;

/// <summary>
/// Parameters of a query string or of a form body. A list may come as one parameter with commas, or as several of one name.
/// </summary>
/// <remarks>Source: Adobe's OpenAPI declares every list as <c>collectionFormat: multi</c>; the examples of its pages have commas.</remarks>
internal sealed class QueryString
{
    private readonly Dictionary<string, List<string>> _values = new(StringComparer.Ordinal);

    /// <summary>The first value of a parameter; null when it is missing or empty.</summary>
    public string? this[string name] => _values.TryGetValue(name, out var values) && values[0].Length > 0 ? values[0] : null;

    public static QueryString Parse(string query)
    {
        var parsed = new QueryString();
        parsed.Add(query);
        return parsed;
    }

    /// <summary>Adds parameters behind those that are there.</summary>
    public void Add(string query)
    {
        foreach (var pair in query.Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var equals = pair.IndexOf('=', StringComparison.Ordinal);
            var name = Decode(equals < 0 ? pair : pair[..equals]);
            if (!_values.TryGetValue(name, out var values))
            {
                _values.Add(name, values = []);
            }

            values.Add(equals < 0 ? "" : Decode(pair[(equals + 1)..]));
        }
    }

    /// <summary>All elements of a list; null when the parameter is missing or has none.</summary>
    /// <remarks>No escape for a comma inside an element is documented.</remarks>
    public string[]? List(string name)
    {
        string[] elements =
        [
            .. _values.GetValueOrDefault(name, []).SelectMany(value => value.Split(',', StringSplitOptions.RemoveEmptyEntries)),
        ];
        return elements.Length == 0 ? null : elements;
    }

    private static string Decode(string text) => Uri.UnescapeDataString(text.Replace('+', ' '));
}
