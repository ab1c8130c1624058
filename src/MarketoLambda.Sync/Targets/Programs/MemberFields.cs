using MarketoLambda.Marketo.Records;
using MarketoLambda.Sync.Targets.Leads;

namespace MarketoLambda.Sync.Targets.Programs;

/// <summary>What is special about fields of program members.</summary>
internal static class MemberFields
{
    /// <summary>The description with the fields that a record has here beside those of the member.</summary>
    public static RecordTypeDescription Complete(RecordTypeDescription description, string lookupField) =>
        new(
            description.Name,
            description.DisplayName,
            [lookupField],
            [
                PersonSettings.KeyField(lookupField),
                new RecordField(ProgramMemberTarget.StatusField, "Status", "string", Length: null, IsUpdateable: true),
                .. description.Fields.Where(field => !IsOne(field, lookupField) && !IsOne(field, ProgramMemberTarget.StatusField)),
            ]);

    private static bool IsOne(RecordField field, string name) => field.Name.Equals(name, StringComparison.OrdinalIgnoreCase);
}
