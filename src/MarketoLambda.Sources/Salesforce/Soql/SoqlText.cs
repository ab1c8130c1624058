using System.Globalization;
using System.Text;
using MarketoLambda.Sync.Wording;

namespace MarketoLambda.Sources.Salesforce.Soql;

/// <summary>Writes the queries of one object. Points in time are whole seconds in UTC, so it does not matter whether Salesforce compares
/// milliseconds.</summary>
/// <param name="objectName">Where from.</param>
/// <param name="paths">What is selected.</param>
/// <param name="filter">A condition of the job's; null for none.</param>
internal sealed class SoqlText(string objectName, IReadOnlyList<string> paths, string? filter)
{
    private const string Cursor = "SystemModstamp";
    private const string ByCursor = $" ORDER BY {Cursor}, Id";

    private readonly string? _filter = filter is null ? null : $"({Flat(filter)})";

    /// <summary>Rows stamped in that time, in order.</summary>
    public string InOrder(DateTimeOffset? from, DateTimeOffset until, int most) => $"{Unordered(from, until)}{ByCursor}{Limit(most)}";

    /// <summary>The same in any order, for bulk jobs.</summary>
    public string Unordered(DateTimeOffset? from, DateTimeOffset until) => Select(string.Join(',', paths), Between(from, until));

    /// <summary>The row that was changed first.</summary>
    public string First(DateTimeOffset until) => InOrder(null, until, 1);

    /// <summary>The row that was changed last.</summary>
    public string Last() => $"{Select(string.Join(',', paths))} ORDER BY {Cursor} DESC{Limit(1)}";

    /// <summary>Rows of one second, in the order of their ids, behind one of them; empty for all.</summary>
    public string OfSecond(DateTimeOffset second, string afterId, int most) =>
        Select(string.Join(',', paths), Between(second, second.AddSeconds(1)), afterId.Length == 0 ? null : $"Id > {Quoted(afterId)}")
            + $" ORDER BY Id{Limit(most)}";

    /// <summary>How many rows are stamped in that time.</summary>
    public string Count(DateTimeOffset? from, DateTimeOffset until) => Select("COUNT()", Between(from, until));

    /// <summary>The place of the filter's first character in a query, from 1.</summary>
    public int? FilterColumn(string soql) =>
        _filter is not null && soql.IndexOf(_filter, StringComparison.Ordinal) is >= 0 and var at ? at + 2 : null;

    /// <summary>A text literal. Source: SOQL and SOSL Reference, "Quoted String Escape Sequences".</summary>
    public static string Quoted(string text)
    {
        StringBuilder literal = new(text.Length + 2);
        literal.Append('\'');
        foreach (var sign in text)
        {
            literal.Append(sign is '\'' or '\\' ? "\\" : "").Append(sign);
        }

        return literal.Append('\'').ToString();
    }

    private static string Limit(int most) => $" LIMIT {most.ToString(CultureInfo.InvariantCulture)}";

    private string Select(string what, params ReadOnlySpan<string?> conditions)
    {
        StringBuilder soql = new($"SELECT {what} FROM {objectName}");
        var word = " WHERE ";
        foreach (var condition in (ReadOnlySpan<string?>)[_filter, .. conditions])
        {
            if (condition is not null)
            {
                soql.Append(word).Append(condition);
                word = " AND ";
            }
        }

        return soql.ToString();
    }

    private static string Between(DateTimeOffset? from, DateTimeOffset until) =>
        from is null ? $"{Cursor} < {Literal(until)}" : $"{Cursor} >= {Literal(from.Value)} AND {Cursor} < {Literal(until)}";

    private static string Literal(DateTimeOffset time) =>
        UtcText.Seconds(time);

    // One line, so that the position Salesforce tells is one in the filter.
    private static string Flat(string filter) => filter.Replace('\r', ' ').Replace('\n', ' ').Replace('\t', ' ');
}
