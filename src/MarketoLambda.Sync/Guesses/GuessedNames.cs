namespace MarketoLambda.Sync.Guesses;

/// <summary>Names that are made of those of a source.</summary>
public static class GuessedNames
{
    /// <summary>API names of objects that people made end with it.</summary>
    public const string Suffix = "_c";

    /// <summary>What people see of an API name: <c>implementedProduct_c</c> becomes <c>Implemented Product</c>.</summary>
    internal static string ForPeople(string apiName)
    {
        var name = apiName.EndsWith(Suffix, StringComparison.OrdinalIgnoreCase) ? apiName[..^Suffix.Length] : apiName;
        return string.Join(' ', NameWords.Split(name).Select(word => $"{char.ToUpperInvariant(word[0])}{word[1..]}"));
    }

    /// <summary>API name of an object for a file or table: <c>products-2026-11</c> becomes <c>products_c</c>.</summary>
    public static string ForTarget(string name)
    {
        var words = NameWords.Split(name.Split('.')[^1]).Select(word => word.Trim('0', '1', '2', '3', '4', '5', '6', '7', '8', '9'));
        var camel = NameWords.Camel(string.Join(' ', words.Where(word => word.Length > 0)));
        return camel + Suffix;
    }
}
