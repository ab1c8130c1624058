namespace MarketoLambda.Sync.Mapping;

/// <summary>What identifies a record in Marketo: the values of its dedupe fields.</summary>
/// <remarks>
/// Whether Marketo takes <c>ABC</c> and <c>abc </c> for one key is not documented. So two records are the <em>same</em> only
/// if <see cref="Text"/> is equal, but may already <em>collide</em> if <see cref="Folded"/> is.
/// </remarks>
/// <param name="Text">The exact values, joined by a bar.</param>
/// <param name="Folded">The same without outer blanks and casing.</param>
internal readonly record struct RecordKey(string Text, string Folded)
{
    public static RecordKey Of(string value) => new(value, value.Trim().ToUpperInvariant());

    public static RecordKey Of(IReadOnlyList<string> values) => values.Count == 1
        ? Of(values[0])
        : new(string.Join('|', values), string.Join('|', values.Select(value => value.Trim().ToUpperInvariant())));
}
