namespace MarketoLambda.Emulator.Records;

/// <summary>The values of a record's dedupe fields as one string to look up.</summary>
internal static class RecordKey
{
    /// <summary>ASCII "unit separator"; JSON text that holds it is escaped, so no value can contain it by accident.</summary>
    private const char Separator = '\u001f';

    /// <param name="values">One text per dedupe field, in the object's order.</param>
    public static string From(IReadOnlyList<string> values, bool ignoreCase)
    {
        var key = values.Count == 1 ? values[0] : string.Join(Separator, values);
        return ignoreCase ? key.ToUpperInvariant() : key;
    }
}
