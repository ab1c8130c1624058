using System.Text;

namespace MarketoLambda.Sync.Mapping;

/// <summary>What identifies a record in Marketo: the values of its dedupe fields.</summary>
/// <remarks>
/// Whether Marketo takes <c>ABC</c> and <c>abc </c> for one key is not documented. So two records are the <em>same</em> only
/// if <see cref="Text"/> is equal, but may already <em>collide</em> if <see cref="Folded"/> is.
/// </remarks>
/// <param name="Text">The exact values; those of a compound key joined by a bar, bars in them escaped: <c>a|b</c> and <c>c</c> are not
/// <c>a</c> and <c>b|c</c>.</param>
/// <param name="Folded">The same without outer blanks and casing.</param>
internal readonly record struct RecordKey(string Text, string Folded)
{
    public static RecordKey From(string value) => new(value, value.Trim().ToUpperInvariant());

    public static RecordKey From(IReadOnlyList<string> values) => values.Count == 1
        ? From(values[0])
        : new(Joined(values), Joined(values.Select(value => value.Trim().ToUpperInvariant())));

    /// <summary>The key that has this <see cref="Text"/>.</summary>
    public static RecordKey Parse(string text, int parts)
    {
        if (parts == 1)
        {
            return From(text);
        }

        List<string> values = [];
        StringBuilder value = new();
        for (var index = 0; index < text.Length; index++)
        {
            if (text[index] == '|')
            {
                values.Add(value.ToString());
                value.Clear();
            }
            else
            {
                index += text[index] == '\\' && index + 1 < text.Length ? 1 : 0;
                value.Append(text[index]);
            }
        }

        return From([.. values, value.ToString()]);
    }

    private static string Joined(IEnumerable<string> values) =>
        string.Join(
            '|',
            values.Select(value => value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("|", "\\|", StringComparison.Ordinal)));
}
