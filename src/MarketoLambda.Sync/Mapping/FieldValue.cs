namespace MarketoLambda.Sync.Mapping;

/// <summary>A source value in the form Marketo wants it, or why it has none.</summary>
internal readonly record struct FieldValue(FieldValueKind Kind, string Text)
{
    public static FieldValue Empty { get; } = new(FieldValueKind.Empty, "");

    /// <summary>Not in the field's map, which has no entry for other values.</summary>
    public static FieldValue NotInMap { get; } =
        new(FieldValueKind.NotInMap, "has a value that is not in its \"map\"; add it there, or \"*\" for every other value");

    /// <summary>A key that is an error of a cell: of all records that have it one would be left.</summary>
    public static FieldValue CellError(string error) => new(
        FieldValueKind.CellError,
        $"holds {error.Trim()}, which Excel writes where it has an error, and is the object's dedupe field; correct it in the source, "
        + "or set \"excelText\": \"keep\" if it is meant so");

    /// <summary>Sent in quotes.</summary>
    public static FieldValue Quoted(string text) => new(FieldValueKind.Quoted, text);

    /// <summary>A number or boolean, sent as it stands.</summary>
    public static FieldValue Bare(string text) => new(FieldValueKind.Bare, text);

    /// <summary>Cannot be sent; <paramref name="reason"/> completes "field … ".</summary>
    public static FieldValue Wrong(string reason) => new(FieldValueKind.Wrong, reason);

    /// <summary>Does not fit; <paramref name="reason"/> completes "field … ".</summary>
    public static FieldValue TooLong(string reason) => new(FieldValueKind.TooLong, reason);
}

internal enum FieldValueKind
{
    Empty,
    Quoted,
    Bare,
    Wrong,
    TooLong,
    NotInMap,
    CellError,
}
