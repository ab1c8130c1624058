using MarketoLambda.Emulator.Identity;
using MarketoLambda.Emulator.Schema;
using MarketoLambda.Emulator.Standard;

namespace MarketoLambda.Emulator.Programs;

/// <summary>Members of programs: which lead is in which program, and with what status.</summary>
/// <remarks>
/// Source: Adobe, rest-api/program-members; by its blog <c>acquiredBy</c> and <c>statusReason</c> can be written since 2022 and 2023.
/// </remarks>
internal static class ProgramMember
{
    public const string Name = "programMember";
    public const string LeadId = "leadId";
    public const string ProgramId = "programId";
    public const string StatusName = "statusName";
    public const string ReachedSuccess = "reachedSuccess";
    public const string ReachedSuccessDate = "reachedSuccessDate";
    public const string MembershipDate = "membershipDate";
    public const string AcquiredBy = "acquiredBy";
    public const string Program = "program";

    /// <summary>Most custom fields of members.</summary>
    public const int MaxCustomFields = 20;

    /// <summary>How results show the lead.</summary>
    public static readonly IdField LeadField = new(LeadId, IsNumber: true);

    private const int CadenceLength = 4;
    private const int CodeLength = 100;
    private const int UrlLength = 2000;

    public static StandardObject Object { get; } = new(Path: null, Schema)
    {
        Read = ApiPermissions.ReadLead,
        Write = ApiPermissions.WriteLead,
    };

    private static ObjectSchema Schema => StandardSchema.Create(
        Name,
        IdField.MarketoGuid,
        [
            new(LeadId, FieldDataTypes.Integer) { IsDedupeField = true, IsSearchable = true },
            new(ProgramId, FieldDataTypes.Integer) { IsDedupeField = true, IsReadOnly = true },
            new(StatusName, FieldDataTypes.String) { IsSearchable = true, IsReadOnly = true },
            new(ReachedSuccess, FieldDataTypes.Boolean) { IsSearchable = true, IsReadOnly = true },
            new(ReachedSuccessDate, FieldDataTypes.Datetime) { IsReadOnly = true },
            new(MembershipDate, FieldDataTypes.Datetime) { IsReadOnly = true },
            new(AcquiredBy, FieldDataTypes.Boolean),
            new("statusReason", FieldDataTypes.String),
            new(Program, FieldDataTypes.String) { IsReadOnly = true },
            new("isExhausted", FieldDataTypes.Boolean) { IsReadOnly = true },
            new("nurtureCadence", FieldDataTypes.String) { IsReadOnly = true, Length = CadenceLength },
            new("trackName", FieldDataTypes.String) { IsReadOnly = true },
            new("attendanceLikelihood", FieldDataTypes.Integer) { IsReadOnly = true },
            new("registrationLikelihood", FieldDataTypes.Integer) { IsReadOnly = true },
            new("waitlistPriority", FieldDataTypes.Integer) { IsReadOnly = true },
            new("registrationCode", FieldDataTypes.String) { Length = CodeLength },
            new("webinarUrl", FieldDataTypes.String) { Length = UrlLength },
        ]);
}
