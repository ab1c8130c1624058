using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using MarketoLambda.Emulator.Calls;
using MarketoLambda.Emulator.Schema;

namespace MarketoLambda.Emulator.Leads;

/// <summary>A custom field of leads as a call defines it.</summary>
/// <remarks>Source: Adobe's OpenAPI, <c>CreateLeadField</c>; 100 fields at most by rest-api/leads.</remarks>
internal static class LeadFieldDefinition
{
    private const int MaxMadeByApi = 100;

    private static readonly string[] Types =
    [
        FieldDataTypes.Boolean,
        FieldDataTypes.Currency,
        FieldDataTypes.Date,
        FieldDataTypes.Datetime,
        FieldDataTypes.Email,
        FieldDataTypes.Float,
        FieldDataTypes.Integer,
        FieldDataTypes.Percent,
        FieldDataTypes.Phone,
        FieldDataTypes.Score,
        FieldDataTypes.String,
        FieldDataTypes.Url,
    ];

    /// <param name="others">The fields that there are.</param>
    public static bool TryRead(
        JsonElement json,
        IReadOnlyList<FieldDefinition> others,
        [NotNullWhen(true)] out FieldDefinition? field,
        [NotNullWhen(false)] out Refusal? refusal)
    {
        field = null;
        refusal = json.ValueKind == JsonValueKind.Object ? null : Refusal.FromCode("1003");
        foreach (var required in refusal is null ? new[] { "displayName", "name", "dataType" } : [])
        {
            refusal ??= string.IsNullOrEmpty(json.Text(required)) ? Refusal.MissingParameter(required) : null;
        }

        if (refusal is not null)
        {
            return false;
        }

        var read = new FieldDefinition(json.Text("name") ?? "", json.Text("dataType") ?? "")
        {
            DisplayName = json.Text("displayName") ?? "",
            Description = json.Text("description"),
        };
        refusal = Check(read, others);
        field = refusal is null ? Lead.CustomField(read) with { IsMadeByApi = true } : null;
        return field is not null;
    }

    private static Refusal? Check(FieldDefinition field, IReadOnlyList<FieldDefinition> others) =>
        !char.IsAsciiLetter(field.Name[0]) || !field.Name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter == '_')
            ? Refusal.Invalid($"Field '{field.Name}': a name begins with a letter and has letters, digits and underscores")
        : !Types.Contains(field.DataType) ? Refusal.WrongType(field.DataType, "dataType")
        : IsTaken(field, others) ? Refusal.Invalid($"Field '{field.Name}': its name or display name is taken")
        : others.Count(other => other.IsMadeByApi) >= MaxMadeByApi ? Refusal.FromCode("1028")
        : null;

    private static bool IsTaken(FieldDefinition field, IReadOnlyList<FieldDefinition> others) =>
        field.Name.ToUpperInvariant() is "ID" or "CREATEDAT" or "UPDATEDAT"
        || others.Any(other =>
            other.Name.Equals(field.Name, StringComparison.OrdinalIgnoreCase)
            || other.DisplayName.Equals(field.DisplayName, StringComparison.OrdinalIgnoreCase));
}
