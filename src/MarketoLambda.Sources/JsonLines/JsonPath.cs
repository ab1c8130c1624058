using System.Globalization;
using System.Text.Json;

namespace MarketoLambda.Sources.JsonLines;

/// <summary>Where a column's value stands in an object: <c>name</c>, <c>address.city</c>, <c>tags[0]</c>.</summary>
/// <remarks>Names are compared exactly. A property of the object itself that has the whole path for a name goes first.</remarks>
internal sealed class JsonPath
{
    private readonly (string? Name, int Index)[] _steps;

    public JsonPath(string text)
    {
        Text = text;
        _steps = [.. Steps(text)];
    }

    /// <summary>As it stands in the job file.</summary>
    public string Text { get; }

    /// <summary>Follows the path.</summary>
    public JsonFind Find(JsonElement root, out JsonElement value)
    {
        if (_steps.Length > 1 && Property(root, Text, out value) is var whole and not JsonFind.Missing)
        {
            return whole;
        }

        value = root;
        foreach (var (name, index) in _steps)
        {
            var found = name is null ? Item(value, index, out value) : Property(value, name, out value);
            if (found != JsonFind.Found)
            {
                return found;
            }
        }

        return JsonFind.Found;
    }

    private static JsonFind Property(JsonElement parent, string name, out JsonElement value)
    {
        value = default;
        if (parent.ValueKind != JsonValueKind.Object)
        {
            return parent.ValueKind == JsonValueKind.Null ? JsonFind.Missing : JsonFind.Elsewhere;
        }

        var found = JsonFind.Missing;
        foreach (var property in parent.EnumerateObject())
        {
            if (IsNamed(property, name))
            {
                found = found == JsonFind.Missing ? JsonFind.Found : JsonFind.Repeated;
                value = property.Value;
            }
        }

        return found;
    }

    // Half a character in a name cannot be compared, and no name that is asked for has one.
    private static bool IsNamed(JsonProperty property, string name)
    {
        try
        {
            return property.NameEquals(name);
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    private static JsonFind Item(JsonElement parent, int index, out JsonElement value)
    {
        var isList = parent.ValueKind == JsonValueKind.Array;
        var isThere = isList && index < parent.GetArrayLength();
        value = isThere ? parent[index] : default;
        return isThere ? JsonFind.Found
            : isList || parent.ValueKind == JsonValueKind.Null ? JsonFind.Missing
            : JsonFind.Elsewhere;
    }

    private static IEnumerable<(string? Name, int Index)> Steps(string text)
    {
        foreach (var step in text.Split('.'))
        {
            var name = step;
            Stack<int> indexes = [];
            while (
                name.EndsWith(']')
                && name.LastIndexOf('[') is var open and >= 0
                && int.TryParse(
                    name.AsSpan(open + 1, name.Length - open - 2),
                    NumberStyles.None,
                    CultureInfo.InvariantCulture,
                    out var index))
            {
                indexes.Push(index);
                name = name[..open];
            }

            if (name.Length > 0 || indexes.Count == 0)
            {
                yield return (name, 0);
            }

            foreach (var index in indexes)
            {
                yield return (null, index);
            }
        }
    }
}

/// <summary>Where a path leads.</summary>
internal enum JsonFind
{
    /// <summary>To a value.</summary>
    Found,

    /// <summary>To nothing.</summary>
    Missing,

    /// <summary>To several properties of the same name.</summary>
    Repeated,

    /// <summary>Through a value that has nothing in it.</summary>
    Elsewhere,
}
