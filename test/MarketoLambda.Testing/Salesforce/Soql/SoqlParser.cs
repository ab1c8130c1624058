using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace MarketoLambda.Testing.Salesforce.Soql;

/// <summary>Understands the small part of SOQL that imports need; everything else is refused as a malformed query.</summary>
/// <remarks>
/// <c>SELECT fields | COUNT() FROM object [WHERE …] [ORDER BY fields [DESC]] [LIMIT n]</c>. Conditions know <c>= != &lt;&gt; &lt; &lt;=
/// &gt; &gt;= IN</c>, brackets, <c>NOT</c>, <c>AND</c>, <c>OR</c>; the last two may not be mixed without brackets, as in Salesforce.
/// </remarks>
internal sealed partial class SoqlParser
{
    private static readonly string[] Operators = ["=", "!=", "<>", "<", "<=", ">", ">="];

    private readonly string _soql;
    private readonly List<Token> _tokens = [];
    private int _next;

    private SoqlParser(string soql)
    {
        _soql = soql;
        var at = 0;
        while (at < soql.Length)
        {
            var match = AnyToken().Match(soql, at);
            if (!match.Success || match.Index != at)
            {
                throw Malformed(at + 1, $"unexpected character '{soql[at]}'");
            }

            if (!match.Groups["blank"].Success)
            {
                _tokens.Add(new Token(match.Value, at + 1));
            }

            at += match.Length;
        }
    }

    private Token? Current => _next < _tokens.Count ? _tokens[_next] : null;

    public static SoqlQuery Parse(string soql) => new SoqlParser(soql).Query();

    private SoqlQuery Query()
    {
        Expect("SELECT");
        List<SoqlName> fields = [];
        if (Accept("COUNT"))
        {
            Expect("(");
            Expect(")");
        }
        else
        {
            fields.AddRange(Names());
        }

        Expect("FROM");
        var objectName = Name();
        var condition = Accept("WHERE") ? Condition() : null;
        List<SoqlName> order = [];
        var isDescending = false;
        if (Accept("ORDER"))
        {
            Expect("BY");
            order.AddRange(Names());
            isDescending = Accept("DESC");
        }

        int? limit = Accept("LIMIT") ? int.Parse(Take().Text, CultureInfo.InvariantCulture) : null;
        if (Current is { } left)
        {
            throw Malformed(left.Column, $"unexpected token: '{left.Text}'");
        }

        if (fields.GroupBy(field => field.Text, StringComparer.OrdinalIgnoreCase).FirstOrDefault(group => group.Count() > 1) is { } twice)
        {
            throw Malformed(twice.Last().Column, $"duplicate field selected: {twice.Key}");
        }

        return new SoqlQuery(fields, objectName, condition, order, limit) { IsDescending = isDescending };
    }

    private IEnumerable<SoqlName> Names()
    {
        do
        {
            yield return Name();
        }
        while (Accept(","));
    }

    private SoqlName Name()
    {
        var token = Take();
        return char.IsLetter(token.Text[0])
            ? new SoqlName(token.Text, token.Column)
            : throw Malformed(token.Column, $"unexpected token: '{token.Text}'");
    }

    private SoqlCondition Condition()
    {
        var left = Unary();
        string? joint = null;
        while (Current is { } word && (word.Is("AND") || word.Is("OR")))
        {
            joint ??= word.Text.ToUpperInvariant();
            if (!word.Is(joint))
            {
                throw Malformed(word.Column, $"unexpected token: {word.Text}");
            }

            _next++;
            left = new SoqlBoth(left, Unary(), Or: joint == "OR");
        }

        return left;
    }

    private SoqlCondition Unary()
    {
        if (Accept("NOT"))
        {
            return new SoqlNot(Unary());
        }

        if (Accept("("))
        {
            var inner = Condition();
            Expect(")");
            return inner;
        }

        var field = Name();
        if (Accept("IN"))
        {
            Expect("(");
            List<object?> values = [];
            do
            {
                values.Add(Literal());
            }
            while (Accept(","));
            Expect(")");
            return new SoqlIn(field, values);
        }

        var sign = Take();
        return Operators.Contains(sign.Text)
            ? new SoqlComparison(field, sign.Text, Literal())
            : throw Malformed(sign.Column, $"unexpected token: '{sign.Text}'");
    }

    private object? Literal()
    {
        var token = Take();
        var text = token.Text;
        return text switch
        {
            ['\'', ..] => Unescaped(text[1..^1]),
            _ when token.Is("null") => null,
            _ when token.Is("true") => true,
            _ when token.Is("false") => false,
            _ when text.Contains('T', StringComparison.Ordinal) && char.IsAsciiDigit(text[0]) => DateTimeOffset.Parse(
                text,
                CultureInfo.InvariantCulture,
                DateTimeStyles.AssumeUniversal),
            _ when decimal.TryParse(text, NumberStyles.Number, CultureInfo.InvariantCulture, out var number) => number,
            _ => throw Malformed(token.Column, $"unexpected token: '{text}'"),
        };
    }

    private static string Unescaped(string text)
    {
        StringBuilder result = new(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            result.Append(text[i] == '\\' && i + 1 < text.Length ? text[++i] : text[i]);
        }

        return result.ToString();
    }

    private bool Accept(string word)
    {
        if (Current?.Is(word) is not true)
        {
            return false;
        }

        _next++;
        return true;
    }

    private void Expect(string word)
    {
        if (!Accept(word))
        {
            throw Malformed(
                Current?.Column ?? _soql.Length + 1,
                $"unexpected token: {(Current is { } token ? $"'{token.Text}'" : "<EOF>")} (expecting {word})");
        }
    }

    private Token Take() =>
        Current is { } token ? _tokens[_next++] with { Text = token.Text } : throw Malformed(_soql.Length + 1, "unexpected token: <EOF>");

    private SoqlException Malformed(int column, string reason) => new("MALFORMED_QUERY", _soql, column, reason);

    [GeneratedRegex(
        @"(?<blank>\s+)|'(\\.|[^'\\])*'|\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)|-?\d+(\.\d+)?|[A-Za-z][\w.]*|[<>!]=|<>|[=<>(),]"
    )]
    private static partial Regex AnyToken();

    private readonly record struct Token(string Text, int Column)
    {
        public bool Is(string word) => Text.Equals(word, StringComparison.OrdinalIgnoreCase);
    }
}
