using MarketoLambda.Emulator.Schema;

namespace MarketoLambda.Emulator.Standard;

/// <summary>The schema of an object that every subscription has.</summary>
internal static class StandardSchema
{
    private static readonly DateTimeOffset Since = new(2015, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>One that is described without a display name.</summary>
    public static ObjectSchema Create(string name, IdField id, IEnumerable<FieldDefinition> fields) => new()
    {
        ApiName = name,
        DisplayName = name,
        Id = id,
        IsStandard = true,
        ShowsDisplayName = false,
        Created = Since,
        Updated = Since,
        Fields = [.. fields.Select((definition, ordinal) => definition with { Ordinal = (byte)ordinal })],
    };
}
