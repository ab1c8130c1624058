using MarketoLambda.Marketo.Schema;

namespace MarketoLambda.Cli.Hosting;

/// <summary>Reads what fields of an object that is to be created point at: <c>email=lead.email</c>.</summary>
internal static class ObjectLinks
{
    /// <exception cref="WrongInputException">One is not written so.</exception>
    public static IReadOnlyDictionary<string, CustomObjectLink> Parse(IReadOnlyList<string> texts)
    {
        Dictionary<string, CustomObjectLink> links = new(StringComparer.OrdinalIgnoreCase);
        foreach (var text in texts)
        {
            links[Field(text, out var link)] = link;
        }

        return links;
    }

    private static string Field(string text, out CustomObjectLink link)
    {
        if (text.Split('=') is [{ Length: > 0 } field, var target] && target.Split('.') is [{ Length: > 0 } name, { Length: > 0 } key])
        {
            link = new CustomObjectLink(name, key);
            return field;
        }

        throw new WrongInputException(
            $"--link {text} does not say what links to what: write FIELD=OBJECT.FIELD, such as email=lead.email.");
    }
}
