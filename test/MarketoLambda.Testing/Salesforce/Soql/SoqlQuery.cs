namespace MarketoLambda.Testing.Salesforce.Soql;

/// <summary>A query that was understood.</summary>
/// <param name="Fields">What is selected; empty for <c>COUNT()</c>.</param>
/// <param name="ObjectName">Where from.</param>
/// <param name="Condition">Which rows; null for all.</param>
/// <param name="Order">Fields to sort by.</param>
/// <param name="Limit">Most rows.</param>
internal sealed record SoqlQuery(
    IReadOnlyList<SoqlName> Fields,
    SoqlName ObjectName,
    SoqlCondition? Condition,
    IReadOnlyList<SoqlName> Order,
    int? Limit)
{
    /// <summary>From the last to the first.</summary>
    public bool IsDescending { get; init; }

    public bool IsCount => Fields.Count == 0;

    /// <summary>Every field the query names, wherever it names it.</summary>
    public IEnumerable<SoqlName> Names => [.. Fields, .. Order, .. Condition?.Names ?? []];
}

/// <summary>A name in a query, perhaps with dots, and the column it stands at, from 1.</summary>
internal readonly record struct SoqlName(string Text, int Column);

/// <summary>A condition on a row.</summary>
internal abstract record SoqlCondition
{
    public abstract IEnumerable<SoqlName> Names { get; }

    public abstract bool Holds(Func<string, object?> valueOf, Func<string, object?, object?, int?> compare);
}

internal sealed record SoqlBoth(SoqlCondition Left, SoqlCondition Right, bool Or) : SoqlCondition
{
    public override IEnumerable<SoqlName> Names => [.. Left.Names, .. Right.Names];

    public override bool Holds(Func<string, object?> valueOf, Func<string, object?, object?, int?> compare) =>
        Or ? Left.Holds(valueOf, compare) || Right.Holds(valueOf, compare) : Left.Holds(valueOf, compare) && Right.Holds(valueOf, compare);
}

internal sealed record SoqlNot(SoqlCondition Inner) : SoqlCondition
{
    public override IEnumerable<SoqlName> Names => Inner.Names;

    public override bool Holds(Func<string, object?> valueOf, Func<string, object?, object?, int?> compare) =>
        !Inner.Holds(valueOf, compare);
}

internal sealed record SoqlComparison(SoqlName Field, string Operator, object? Value) : SoqlCondition
{
    public override IEnumerable<SoqlName> Names => [Field];

    public override bool Holds(Func<string, object?> valueOf, Func<string, object?, object?, int?> compare)
    {
        var order = compare(Field.Text, valueOf(Field.Text), Value);
        return Operator switch
        {
            "=" => order == 0,
            "!=" or "<>" => order != 0,
            "<" => order < 0,
            "<=" => order <= 0,
            ">" => order > 0,
            _ => order >= 0,
        };
    }
}

internal sealed record SoqlIn(SoqlName Field, IReadOnlyList<object?> Values) : SoqlCondition
{
    public override IEnumerable<SoqlName> Names => [Field];

    public override bool Holds(Func<string, object?> valueOf, Func<string, object?, object?, int?> compare) =>
        Values.Any(value => compare(Field.Text, valueOf(Field.Text), value) == 0);
}
