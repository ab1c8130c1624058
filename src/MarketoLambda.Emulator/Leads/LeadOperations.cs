using MarketoLambda.Emulator.Calls;
using MarketoLambda.Emulator.Identity;

namespace MarketoLambda.Emulator.Leads;

/// <summary>The calls about leads.</summary>
/// <remarks>Source: Adobe, rest-api/leads and rest-api/endpoint-reference.</remarks>
internal static class LeadOperations
{
    private const ApiPermissions Reads = ApiPermissions.ReadLead | ApiPermissions.WriteLead;
    private const ApiPermissions Writes = ApiPermissions.WriteLead;
    private const ApiPermissions OfFields = ApiPermissions.SchemaStandardField | ApiPermissions.SchemaCustomField;
    private const string Path = "/rest/v1/leads";

    public static readonly Operation Sync = New("POST", Path, CallKind.Sync, Writes);
    public static readonly Operation Query = New("GET", Path, CallKind.Query, Reads);
    public static readonly Operation DeleteByMethod = New("DELETE", Path, CallKind.Delete, Writes);
    public static readonly Operation Delete = New("POST", $"{Path}/delete", CallKind.Delete, Writes);
    public static readonly Operation Describe = New("GET", $"{Path}/describe", CallKind.Describe, Reads);
    public static readonly Operation Describe2 = New("GET", $"{Path}/describe2", CallKind.Describe, Reads);
    public static readonly Operation Partitions = New("GET", $"{Path}/partitions", CallKind.Partitions, Reads);
    public static readonly Operation ById = New("GET", "/rest/v1/lead/{}", CallKind.Query, Reads);

    public static readonly Operation Fields = New("GET", $"{Path}/schema/fields", CallKind.FieldsList, OfFields);
    public static readonly Operation FieldByName = New("GET", $"{Path}/schema/fields/{{}}", CallKind.FieldsList, OfFields);
    public static readonly Operation CreateFields =
        New("POST", $"{Path}/schema/fields", CallKind.FieldsCreate, ApiPermissions.SchemaCustomField);

    public static IReadOnlyList<Operation> All { get; } =
        [Sync, Query, DeleteByMethod, Delete, Describe, Describe2, Partitions, ById, Fields, FieldByName, CreateFields];

    private static Operation New(string verb, string path, CallKind kind, ApiPermissions permissions) =>
        new(verb, path, kind, Lead.Name) { Permissions = permissions };
}
