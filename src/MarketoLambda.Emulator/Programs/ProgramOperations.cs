using MarketoLambda.Emulator.Calls;
using MarketoLambda.Emulator.Identity;

namespace MarketoLambda.Emulator.Programs;

/// <summary>The calls about programs and their members.</summary>
/// <remarks>Source: Adobe, rest-api/program-members, rest-api/programs and rest-api/channels.</remarks>
internal static class ProgramOperations
{
    private const ApiPermissions Reads = ApiPermissions.ReadLead | ApiPermissions.WriteLead;
    private const ApiPermissions Writes = ApiPermissions.WriteLead;
    private const ApiPermissions ReadsAssets = ApiPermissions.ReadAssets | ApiPermissions.WriteAssets;
    private const string Path = "/rest/v1/programs";
    private const string Assets = "/rest/asset/v1";
    private const string Members = ProgramMember.Name;

    public static readonly Operation Describe = New("GET", $"{Path}/members/describe", CallKind.Describe, Members, Reads);
    public static readonly Operation Status = New("POST", $"{Path}/{{}}/members/status", CallKind.SyncStatus, Members, Writes);
    public static readonly Operation Sync = New("POST", $"{Path}/{{}}/members", CallKind.Sync, Members, Writes);
    public static readonly Operation Query = New("GET", $"{Path}/{{}}/members", CallKind.Query, Members, Reads);
    public static readonly Operation Delete = New("POST", $"{Path}/{{}}/members/delete", CallKind.Delete, Members, Writes);
    public static readonly Operation Channels = New("GET", $"{Assets}/channels", CallKind.AssetChannels, "channel", ReadsAssets);
    public static readonly Operation Channel = New("GET", $"{Assets}/channel/byName", CallKind.AssetChannels, "channel", ReadsAssets);
    public static readonly Operation Programs = New("GET", $"{Assets}/programs", CallKind.AssetPrograms, "program", ReadsAssets);
    public static readonly Operation ByName = New("GET", $"{Assets}/program/byName", CallKind.AssetPrograms, "program", ReadsAssets);
    public static readonly Operation ById = New("GET", $"{Assets}/program/{{}}", CallKind.AssetPrograms, "program", ReadsAssets);

    /// <summary>Where two fit one path, the first is meant.</summary>
    public static IReadOnlyList<Operation> All { get; } =
        [Describe, Status, Sync, Query, Delete, Channels, Channel, Programs, ByName, ById];

    private static Operation New(string verb, string path, CallKind kind, string objectName, ApiPermissions permissions) =>
        new(verb, path, kind, objectName) { Permissions = permissions };
}
