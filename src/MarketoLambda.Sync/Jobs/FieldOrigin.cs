namespace MarketoLambda.Sync.Jobs;

/// <summary>Where the value of a field comes from.</summary>
public abstract record FieldOrigin
{
    /// <summary>The columns of the source it needs.</summary>
    public abstract IReadOnlyList<string> Columns { get; }

    public static implicit operator FieldOrigin(string column) => FromString(column);

    /// <summary>The column of that name.</summary>
    public static FieldOrigin FromString(string column) => new SourceColumn(column);
}

/// <summary>A column of the source, as it stands.</summary>
/// <param name="Name">The column's name.</param>
internal sealed record SourceColumn(string Name) : FieldOrigin
{
    public override IReadOnlyList<string> Columns => [Name];

    public override string ToString() => Name;
}

/// <summary>A text made of several columns.</summary>
/// <param name="Template">How.</param>
internal sealed record ComposedText(FieldTemplate Template) : FieldOrigin
{
    public override IReadOnlyList<string> Columns => Template.Columns;

    public override string ToString() => Template.Text;
}

/// <summary>The same value for every record.</summary>
/// <param name="Value">Text, number (<see cref="decimal"/>) or <see cref="bool"/>.</param>
internal sealed record FixedValue(object Value) : FieldOrigin
{
    public override IReadOnlyList<string> Columns => [];

    public override string ToString() => $"\"{SourceText.Format(Value)}\"";
}
