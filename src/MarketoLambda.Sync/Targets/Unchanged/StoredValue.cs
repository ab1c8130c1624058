using System.Globalization;
using System.Text.Json;
using MarketoLambda.Marketo.Records;

namespace MarketoLambda.Sync.Targets.Unchanged;

/// <summary>Compares a value that is to be sent with what Marketo has. Where that is in doubt they are different.</summary>
/// <remarks>
/// A field that is empty comes back as null or not at all, and a boolean that was emptied as false. Times come back in other words for the
/// same second. Source: Adobe, rest-api/lead-database, and recorded answers.
/// </remarks>
internal static class StoredValue
{
    /// <param name="stored">As a query answered it; null where it did not.</param>
    /// <param name="sent">As it would be sent.</param>
    /// <param name="field">Whose values they are.</param>
    public static bool IsEqual(JsonElement? stored, JsonElement sent, RecordField field)
    {
        if (IsEmpty(sent))
        {
            return stored is not { } value || IsEmpty(value) || value.ValueKind == JsonValueKind.False;
        }

        return stored is { } there
            && !IsEmpty(there)
            && field.DataType switch
            {
                DataType.Integer or DataType.Score or DataType.Percent or DataType.Float or DataType.Currency =>
                    Number(there) is { } number && number == Number(sent),
                DataType.DateTime => Instant(there) is { } instant && instant == Instant(sent),
                _ => there.ToString() == sent.ToString(),
            };
    }

    private static bool IsEmpty(JsonElement value) =>
        value.ValueKind is JsonValueKind.Null or JsonValueKind.Undefined
        || (value.ValueKind == JsonValueKind.String && value.GetString() is "");

    private static decimal? Number(JsonElement value) =>
        decimal.TryParse(value.ToString(), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static DateTimeOffset? Instant(JsonElement value) =>
        DateTimeOffset.TryParse(value.ToString(), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var instant)
            ? instant
            : null;
}
