using System.Text;
using MarketoLambda.Sources.Salesforce.Client;

namespace MarketoLambda.Sources.Salesforce.Rows;

/// <summary>Takes the CSV of a bulk result apart: comma, quotes that are doubled, line feeds. What breaks off in the middle of a line is
/// no result.</summary>
/// <remarks>Source: Bulk API 2.0, "Get Results for a Query Job"; the file readers' leniency is out of place where a program wrote the
/// text.</remarks>
internal static class BulkCsv
{
    /// <summary>The lines, each as its cells.</summary>
    /// <exception cref="SalesforceException">The text is not whole.</exception>
    public static IEnumerable<List<string>> Lines(string text)
    {
        List<string> cells = [];
        var at = text.StartsWith('\uFEFF') ? 1 : 0;
        while (at < text.Length)
        {
            if (cells.Count == 0 && text[at] is '\n' or '\r')
            {
                at++;
                continue;
            }

            var isQuoted = text[at] == '"';
            cells.Add(isQuoted ? Quoted(text, ref at) : Bare(text, ref at));
            if (at == text.Length && !isQuoted)
            {
                throw BreaksOff();
            }

            if (at < text.Length && text[at] == ',')
            {
                at++;
                if (at == text.Length)
                {
                    throw BreaksOff();
                }

                continue;
            }

            if (at < text.Length && text[at] is not ('\n' or '\r'))
            {
                throw SalesforceException.Misfit("has a quote in the middle of a value");
            }

            yield return cells;
            cells = [];
        }
    }

    private static string Bare(string text, ref int at)
    {
        var length = text.AsSpan(at).IndexOfAny(",\n\r\"");
        var value = length < 0 ? text[at..] : text.Substring(at, length);
        at += value.Length;
        return value;
    }

    private static string Quoted(string text, ref int at)
    {
        StringBuilder? value = null;
        for (var from = ++at; ; from = at)
        {
            var length = text.AsSpan(at).IndexOf('"');
            if (length < 0)
            {
                throw BreaksOff();
            }

            at += length + 1;
            if (at == text.Length || text[at] != '"')
            {
                return value is null ? text.Substring(from, length) : value.Append(text, from, length).ToString();
            }

            (value ??= new StringBuilder()).Append(text, from, length + 1);
            at++;
        }
    }

    private static SalesforceException BreaksOff() => SalesforceException.Misfit("breaks off in the middle of a line");
}
