namespace MarketoLambda.Emulator.Identity;

/// <summary>A LaunchPoint custom service: the credentials of one integration, and what its API-only user may do.</summary>
public sealed class CustomService
{
    /// <summary>Client id of a service nobody configured.</summary>
    public const string DefaultClientId = "emulator-client";

    /// <summary>Client secret of a service nobody configured.</summary>
    public const string DefaultClientSecret = "emulator-secret";

    /// <summary>Default: <see cref="DefaultClientId"/>.</summary>
    public string ClientId { get; set; } = DefaultClientId;

    /// <summary>Default: <see cref="DefaultClientSecret"/>.</summary>
    public string ClientSecret { get; set; } = DefaultClientSecret;

    /// <summary>E-mail address of the owning API-only user; the <c>scope</c> of its tokens and the <c>userId</c> of its usage.</summary>
    public string OwnerEmail { get; set; } = "api-user@emulator.example";

    /// <summary>Default: all.</summary>
    public ApiPermissions Permissions { get; set; } = ApiPermissions.All;
}

/// <summary>Permissions of an API role, as far as the emulated objects need them. Read-write includes read-only.</summary>
/// <remarks>Source: Adobe, rest-api/endpoint-reference, "Required Permissions".</remarks>
[Flags]
public enum ApiPermissions
{
    None = 0,

    /// <summary>"Read-Only Custom Object".</summary>
    ReadCustomObject = 1,

    /// <summary>"Read-Write Custom Object".</summary>
    WriteCustomObject = 2,

    /// <summary>"Read-Only Custom Object Type".</summary>
    ReadCustomObjectType = 4,

    /// <summary>"Read-Write Custom Object Type".</summary>
    WriteCustomObjectType = 8,

    /// <summary>"Read-Only Company".</summary>
    ReadCompany = 16,

    /// <summary>"Read-Write Company".</summary>
    WriteCompany = 32,

    /// <summary>"Read-Only Lead"; the user interface says "Person".</summary>
    ReadLead = 64,

    /// <summary>"Read-Write Lead"; the user interface says "Person".</summary>
    WriteLead = 128,

    /// <summary>"Read-Only Opportunity"; of opportunity roles too.</summary>
    ReadOpportunity = 256,

    /// <summary>"Read-Write Opportunity"; of opportunity roles too.</summary>
    WriteOpportunity = 512,

    /// <summary>"Read-Only Sales Person".</summary>
    ReadSalesPerson = 1024,

    /// <summary>"Read-Write Sales Person".</summary>
    WriteSalesPerson = 2048,

    /// <summary>"Read-Only Named Account".</summary>
    ReadNamedAccount = 4096,

    /// <summary>"Read-Write Named Account".</summary>
    WriteNamedAccount = 8192,

    /// <summary>"Read-Only Activity".</summary>
    ReadActivity = 16_384,

    /// <summary>"Read-Write Activity".</summary>
    WriteActivity = 32_768,

    /// <summary>"Read-Only Assets".</summary>
    ReadAssets = 65_536,

    /// <summary>"Read-Write Assets".</summary>
    WriteAssets = 131_072,

    /// <summary>"Read-Write Schema Standard Field".</summary>
    SchemaStandardField = 262_144,

    /// <summary>"Read-Write Schema Custom Field".</summary>
    SchemaCustomField = 524_288,

    All = ~None,
}
