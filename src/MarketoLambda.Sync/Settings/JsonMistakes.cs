using System.Text.Json;

namespace MarketoLambda.Sync.Settings;

/// <summary>Says in words what is wrong with a text that should be JSON.</summary>
public static class JsonMistakes
{
    /// <summary>By words of .NET's own sentence, the first that fits.</summary>
    private static readonly (string Words, string Sentence)[] Known =
    [
        ("Expected either ','", "a comma, or a closing bracket, is missing before this"),
        ("invalid start of a property name", "a name in double quotes, or a closing brace, belongs here"),
        (
            "invalid start of a value",
            "a value belongs here: text in double quotes, a number, true, false, null, or what begins with { or ["),
        ("Expected a ':'", "a colon is missing between a name and its value"),
        ("Expected depth to be zero", "the file ends before its last brace or bracket is closed"),
        ("Expected end of string", "a text begins here and has no closing quote"),
        ("after a single JSON value", "the file goes on behind its last closing brace"),
        ("invalid without a matching open", "nothing was opened that this closes"),
        ("within a JSON string", "a text has a line break or a control character in it; write it on one line"),
        ("does not contain any JSON tokens", "the file holds nothing but comments"),
    ];

    /// <summary>All that can be found at once; none where the text is JSON. Comments and trailing commas are allowed.</summary>
    public static IReadOnlyList<JobProblem> Find(string text)
    {
        JobProblems problems = new("");
        LocatedJson.Parse(text, problems);
        return problems.InOrder;
    }

    /// <summary>Half a sentence.</summary>
    internal static string Explain(JsonException mistake)
    {
        var known = Array.Find(Known, row => mistake.Message.Contains(row.Words, StringComparison.Ordinal)).Sentence;
        return $"this is not valid JSON: {known ?? WithoutPlace(mistake.Message)}";
    }

    // System.Text.Json appends its own zero-based line and byte; the line is already in front of the sentence.
    private static string WithoutPlace(string message)
    {
        var cut = message.IndexOf(" LineNumber:", StringComparison.Ordinal);
        return (cut < 0 ? message : message[..cut]).TrimEnd('.');
    }
}
