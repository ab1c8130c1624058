namespace MarketoLambda.Sync.Settings;

/// <summary>
/// Finds what people type or paste into JSON that it does not have: folders with backslashes, and quotes of word processors.
/// </summary>
internal static class JsonTypos
{
    private const string Escapes = "\"\\/bfnrtu";
    private const string BackslashMessage =
        "a backslash has a meaning of its own in JSON; write folders with / or with two backslashes, as C:/Users or C:\\\\Users";

    private const string CurlyQuotes = "“”„‟«»‘’‚";

    /// <summary>Reports every one; false where there is none.</summary>
    public static bool Find(string json, JobProblems problems)
    {
        var lines = json.ReplaceLineEndings("\n").Split('\n');
        var isFound = false;
        for (var line = 0; line < lines.Length; line++)
        {
            if (FirstIn(lines[line]) is { } typo)
            {
                problems.Add(line + 1, typo.Message, typo.Column);
                isFound = true;
            }
        }

        return isFound;
    }

    private static (int Column, string Message)? FirstIn(string line)
    {
        var isText = false;
        for (var at = 0; at < line.Length; at++)
        {
            var sign = line[at];
            if (sign == '"')
            {
                isText = !isText;
            }
            else if (!isText && line.AsSpan(at).StartsWith("//"))
            {
                return null;
            }
            else if (!isText && CurlyQuotes.Contains(sign, StringComparison.Ordinal))
            {
                return (at + 1, $"{sign} is no quote in JSON, which has \" only; a word processor may have put it there");
            }
            else if (isText && sign == '\\')
            {
                at++;
                if (at >= line.Length || !Escapes.Contains(line[at], StringComparison.Ordinal) || (line[at] == 'u' && !IsHex(line, at + 1)))
                {
                    return (at, BackslashMessage);
                }
            }
        }

        return null;
    }

    private static bool IsHex(string line, int start) => start + 4 <= line.Length && line.Substring(start, 4).All(char.IsAsciiHexDigit);
}
