namespace MarketoLambda.Marketo.Records;

/// <summary>One field of a type of records.</summary>
/// <param name="Name">Canonical API name.</param>
/// <param name="DisplayName">Name people see in Marketo.</param>
/// <param name="TypeName">Its data type in Marketo's own word, also where this program does not know it.</param>
/// <param name="Length">Most characters it holds; null where Marketo gives none.</param>
/// <param name="IsUpdateable">False for what only Marketo writes, and at some types for the dedupe field.</param>
public sealed record RecordField(string Name, string DisplayName, string TypeName, int? Length, bool IsUpdateable)
{
    /// <summary>What <see cref="TypeName"/> means.</summary>
    public DataType DataType { get; } = DataTypes.Parse(TypeName);

    /// <summary>Why it cannot be written, as a part of a sentence; null where nothing more is known.</summary>
    public string? ReadOnlyReason { get; init; }

    /// <summary>Marketo refuses every record without it.</summary>
    public bool IsRequired { get; init; }

    /// <summary>Only characters of ASCII are taken.</summary>
    public bool IsAsciiOnly { get; init; }
}
