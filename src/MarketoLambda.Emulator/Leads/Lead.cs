using MarketoLambda.Emulator.Identity;
using MarketoLambda.Emulator.Objects;
using MarketoLambda.Emulator.Schema;
using MarketoLambda.Emulator.Standard;

namespace MarketoLambda.Emulator.Leads;

/// <summary>Leads, whom Marketo's user interface calls people.</summary>
/// <remarks>Source: Adobe, rest-api/leads. Several leads may have one e-mail address; it is the key by which tests look at them.</remarks>
internal static class Lead
{
    public const string Name = LinkableObjects.Lead;
    public const string Email = "email";
    public const string PartitionId = "leadPartitionId";

    /// <summary>What names a lead.</summary>
    public static readonly LinkTarget Key = new(Name, IdField.Number.Name);

    public static StandardObject Object { get; } = new(Path: null, Schema)
    {
        LinkName = LinkableObjects.Lead,
        Read = ApiPermissions.ReadLead,
        Write = ApiPermissions.WriteLead,
    };

    private static ObjectSchema Schema => StandardSchema.Create(Name, IdField.Number, LeadFields.All) with { IsLead = true };

    /// <summary>A field that people define, which can be looked for where its type allows.</summary>
    /// <remarks>Source: Adobe's OpenAPI, <c>filterType</c>: custom fields of type string, email and integer.</remarks>
    public static FieldDefinition CustomField(FieldDefinition field)
    {
        var identifies = field.DataType is FieldDataTypes.String or FieldDataTypes.Email or FieldDataTypes.Integer;
        return field with { IsSearchable = identifies, IsLinkable = identifies, IsCustom = true, IsDedupeField = false };
    }
}
