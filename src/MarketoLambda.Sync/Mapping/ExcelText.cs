using System.Buffers;

namespace MarketoLambda.Sync.Mapping;

/// <summary>Ways in which programs keep Excel from reading a text as a number: <c>="0013"</c>, and an apostrophe before a number.</summary>
public static class ExcelText
{
    private static readonly SearchValues<char> SignsOfNumbers = SearchValues.Create("0123456789+-.,:/() \u00a0\u202f");

    /// <summary>The text that is meant; false where it is no such form.</summary>
    public static bool TryUnwrap(string text, out string meant)
    {
        var inner = text.AsSpan().Trim();
        meant = inner switch
        {
            ['=', '"', .. var quoted, '"'] when IsOneText(quoted) => quoted.ToString().Replace("\"\"", "\"", StringComparison.Ordinal),
            ['\'', .. var number] when IsNumber(number) => number.ToString(),
            _ => text,
        };
        return !ReferenceEquals(meant, text);
    }

    /// <summary>A quote inside is doubled; another one would be a formula that goes on.</summary>
    private static bool IsOneText(ReadOnlySpan<char> text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '"' && (++i == text.Length || text[i] != '"'))
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsNumber(ReadOnlySpan<char> text) => text.ContainsAnyInRange('0', '9') && !text.ContainsAnyExcept(SignsOfNumbers);
}
