using System.Globalization;
using System.Text.RegularExpressions;
using MarketoLambda.Sync.Wording;

namespace MarketoLambda.Sources.Salesforce.Soql;

/// <summary>What Salesforce says against a query, without the echo of it.</summary>
/// <param name="Column">Where in the query, from 1; null where it does not tell.</param>
/// <param name="Text">Why, on one line without a full stop.</param>
internal readonly partial record struct SoqlComplaint(int? Column, string Text)
{
    private const int MaxCharacters = 300;

    public static SoqlComplaint Parse(string message)
    {
        var place = Place().Match(message);
        return place.Success
            ? new(int.Parse(place.Groups["column"].ValueSpan, CultureInfo.InvariantCulture),
            OneLine(message[(place.Index + place.Length)..]))
            : new(null, OneLine(message));
    }

    private static string OneLine(string text)
    {
        var line = new string([.. text.Trim().ReplaceLineEndings(" ").Where(sign =>
            !char.IsControl(sign) && !char.IsSurrogate(sign))]).TrimEnd('.');
        return Excerpt.Show(line, MaxCharacters);
    }

    [GeneratedRegex(@"ERROR at Row:\d+:Column:(?<column>\d+)")]
    private static partial Regex Place();
}
