using System.Text;

namespace MarketoLambda.Sync.Jobs;

/// <summary>A text with columns in braces, such as <c>{First Name} {Last Name}</c>; a brace that is meant as such is doubled.</summary>
internal sealed class FieldTemplate
{
    private readonly IReadOnlyList<Part> _parts;

    private FieldTemplate(string text, IReadOnlyList<Part> parts)
    {
        Text = text;
        _parts = parts;
        Columns = [.. parts.Where(part => part.IsColumn).Select(part => part.Text).Distinct(StringComparer.Ordinal)];
    }

    /// <summary>As it stands in the job file.</summary>
    public string Text { get; }

    /// <summary>The columns it names, each once.</summary>
    public IReadOnlyList<string> Columns { get; }

    /// <summary>Reads a template.</summary>
    /// <exception cref="FormatException">It is none; the message completes "template … ".</exception>
    public static FieldTemplate Parse(string text)
    {
        List<Part> parts = [];
        StringBuilder literal = new();
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] is not ('{' or '}'))
            {
                literal.Append(text[i]);
            }
            else if (i + 1 < text.Length && text[i + 1] == text[i])
            {
                literal.Append(text[i++]);
            }
            else
            {
                AddLiteral(parts, literal);
                var column = ColumnAt(text, i);
                parts.Add(new Part(column, IsColumn: true));
                i += column.Length + 1;
            }
        }

        AddLiteral(parts, literal);
        FieldTemplate template = new(text, parts);
        return template.Columns.Count > 0
            ? template
            : throw new FormatException(
                "names no column in braces, as in \"{First Name} {Last Name}\"; for the same text in every record use \"value\"");
    }

    private static void AddLiteral(List<Part> parts, StringBuilder literal)
    {
        if (literal.Length > 0)
        {
            parts.Add(new Part(literal.ToString(), IsColumn: false));
            literal.Clear();
        }
    }

    private static string ColumnAt(string text, int brace)
    {
        if (text[brace] == '}')
        {
            throw new FormatException("has a closing brace without an opening one; write }} for the sign itself");
        }

        var end = text.IndexOfAny(['{', '}'], brace + 1);
        if (end < 0 || text[end] == '{')
        {
            throw new FormatException("has an opening brace that is not closed; write {{ for the sign itself");
        }

        var column = text[(brace + 1)..end];
        return string.IsNullOrWhiteSpace(column)
            ? throw new FormatException("has braces with nothing between them; put the name of a column there")
            : column;
    }

    /// <summary>Fills in the columns; empty when all of them are.</summary>
    /// <param name="valueOf">The value of the column at that index of <see cref="Columns"/>.</param>
    /// <param name="trims">Blanks around values and around the whole are left out, and those that would stand double because a column is
    /// empty.</param>
    internal string Fill(Func<int, object?> valueOf, bool trims)
    {
        var values = new string[Columns.Count];
        var isEmpty = true;
        for (var i = 0; i < values.Length; i++)
        {
            var text = valueOf(i) is { } value ? SourceText.Format(value) : "";
            values[i] = trims ? text.Trim() : text;
            isEmpty &= values[i].Length == 0;
        }

        if (isEmpty)
        {
            return "";
        }

        StringBuilder filled = new();
        var isAfterNothing = true;
        foreach (var part in _parts)
        {
            var text = part.IsColumn ? values[IndexOf(part.Text)] : part.Text;
            var isDouble = isAfterNothing && (filled.Length == 0 || char.IsWhiteSpace(filled[^1]));
            filled.Append(trims && isDouble ? text.AsSpan().TrimStart() : text);
            isAfterNothing = part.IsColumn && text.Length == 0;
        }

        return trims ? filled.ToString().Trim() : filled.ToString();
    }

    private int IndexOf(string column)
    {
        var index = 0;
        while (Columns[index] != column)
        {
            index++;
        }

        return index;
    }

    private readonly record struct Part(string Text, bool IsColumn);
}
