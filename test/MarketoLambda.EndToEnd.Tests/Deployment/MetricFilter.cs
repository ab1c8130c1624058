using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace MarketoLambda.EndToEnd.Tests.Deployment;

/// <summary>
/// As much of CloudWatch's filter patterns for JSON as template.yaml uses: comparisons, <c>&amp;&amp;</c>, <c>||</c>, parentheses.
/// </summary>
internal sealed partial class MetricFilter
{
    private readonly Queue<string> _tokens;
    private readonly JsonElement _entry;

    private MetricFilter(string pattern, JsonElement entry)
    {
        _tokens = new Queue<string>(Token().Matches(pattern.Trim().TrimStart('{').TrimEnd('}')).Select(match => match.Value));
        _entry = entry;
    }

    public static bool Matches(string pattern, string line)
    {
        using var entry = JsonDocument.Parse(line);
        MetricFilter filter = new(pattern, entry.RootElement);
        var matches = filter.Any();
        return filter._tokens.Count == 0 ? matches : throw new FormatException($"The pattern goes on with {filter._tokens.Peek()}.");
    }

    private bool Any()
    {
        var matches = All();
        while (_tokens.TryPeek(out var next) && next == "||")
        {
            _tokens.Dequeue();
            matches |= All();
        }

        return matches;
    }

    private bool All()
    {
        var matches = One();
        while (_tokens.TryPeek(out var next) && next == "&&")
        {
            _tokens.Dequeue();
            matches &= One();
        }

        return matches;
    }

    private bool One()
    {
        var token = _tokens.Dequeue();
        if (token == "(")
        {
            var matches = Any();
            return _tokens.Dequeue() == ")" ? matches : throw new FormatException("A parenthesis is open.");
        }

        var (comparison, value) = (_tokens.Dequeue(), _tokens.Dequeue());
        if (!_entry.TryGetProperty(token["$.".Length..], out var member))
        {
            return false;
        }

        return value.StartsWith('"')
            ? comparison == "=" && member.ValueKind == JsonValueKind.String && member.GetString() == value.Trim('"')
            : member.ValueKind == JsonValueKind.Number
                && Compare(member.GetDouble(), comparison, double.Parse(value, CultureInfo.InvariantCulture));
    }

    private static bool Compare(double left, string comparison, double right) => comparison switch
    {
        "=" => left.Equals(right),
        ">" => left > right,
        _ => throw new FormatException($"{comparison} is not known here."),
    };

    [GeneratedRegex(@"\(|\)|&&|\|\||[=><]+|\$\.\w+|""[^""]*""|[\w.]+")]
    private static partial Regex Token();
}
