using MarketoLambda.Emulator.Calls;
using MarketoLambda.Emulator.Identity;

namespace MarketoLambda.Emulator.Lists;

/// <summary>The calls about static lists and their members.</summary>
/// <remarks>Source: Adobe, rest-api/list-membership and rest-api/static-lists.</remarks>
internal static class ListOperations
{
    private const ApiPermissions Reads = ApiPermissions.ReadLead | ApiPermissions.WriteLead;
    private const ApiPermissions Writes = ApiPermissions.WriteLead;
    private const ApiPermissions ReadsLists = Reads | ApiPermissions.ReadAssets | ApiPermissions.WriteAssets;
    private const string Path = "/rest/v1/lists";

    public static readonly Operation Add = New("POST", $"{Path}/{{}}/leads", CallKind.Sync, Writes);
    public static readonly Operation Remove = New("DELETE", $"{Path}/{{}}/leads", CallKind.Delete, Writes);
    public static readonly Operation Members = New("GET", $"{Path}/{{}}/leads", CallKind.Query, Reads);
    public static readonly Operation IsMember = New("GET", $"{Path}/{{}}/leads/ismember", CallKind.Query, Reads);
    public static readonly Operation All = New("GET", Path, CallKind.List, ReadsLists);
    public static readonly Operation ById = New("GET", $"{Path}/{{}}", CallKind.List, ReadsLists);

    public static IReadOnlyList<Operation> Every { get; } = [Add, Remove, Members, IsMember, All, ById];

    private static Operation New(string verb, string path, CallKind kind, ApiPermissions permissions) =>
        new(verb, path, kind, "list") { Permissions = permissions };
}
