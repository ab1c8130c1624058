using MarketoLambda.Emulator.Calls;
using MarketoLambda.Emulator.Identity;

namespace MarketoLambda.Emulator.Settings;

/// <summary>What kind of subscription is emulated: who may call it, and how much.</summary>
/// <remarks>
/// Defaults are what Adobe documents for an ordinary subscription. They may be changed while the emulator runs; the next call sees the
/// change. What Adobe does <em>not</em> document is in <see cref="EmulatorQuirks"/>.
/// </remarks>
public sealed class EmulatorOptions
{
    /// <summary>Custom services that may ask for a token. Default: one, with every permission.</summary>
    public IList<CustomService> Services { get; } = [new CustomService()];

    /// <summary>Whether calls over a limit are refused. Calls are measured either way. Default: true.</summary>
    public bool EnforceLimits { get; set; } = true;

    /// <summary>Calls allowed in any <see cref="Window"/>; one more gets 606. Range: 1 or more. Default: 100.</summary>
    /// <remarks>Source: Adobe, rest-api/marketo-integration-best-practices.</remarks>
    public int CallsPerWindow { get; set; } = 100;

    /// <summary>Length of the sliding window of <see cref="CallsPerWindow"/>. Range: above zero. Default: 20 s.</summary>
    public TimeSpan Window { get; set; } = TimeSpan.FromSeconds(20);

    /// <summary>Calls allowed in flight at once; one more gets 615. Range: 1 or more. Default: 10.</summary>
    public int MaxConcurrentCalls { get; set; } = 10;

    /// <summary>
    /// Calls allowed from one midnight CST (06:00 UTC) to the next; one more gets 607. Range: 0 or more. Default: 50,000.
    /// </summary>
    public int DailyQuota { get; set; } = 50_000;

    /// <summary>Life of a new token. Range: above zero. Default: 3600 s.</summary>
    /// <remarks>Source: Adobe, rest-api/authentication.</remarks>
    public TimeSpan TokenLifetime { get; set; } = TimeSpan.FromSeconds(3600);

    /// <summary>
    /// Time from arrival to answer; half of it passes before the call takes effect, half after. Range: 0 or more. Default: 0.
    /// </summary>
    public TimeSpan Latency { get; set; }

    /// <summary>
    /// Latency drawn per call, instead of <see cref="Latency"/>. The generator is seeded with <see cref="Seed"/> and the call's number.
    /// Default: none.
    /// </summary>
    public Func<CallKind, Random, TimeSpan>? LatencyOf { get; set; }

    /// <summary>
    /// Seed of marketoGUIDs, tokens and latencies: two emulators with one seed and the same calls give the same answers. Default: 1.
    /// </summary>
    public int Seed { get; set; } = 1;

    /// <summary>Largest body in bytes; a larger one gets HTTP 413. Default: 1,048,576 (1 MB).</summary>
    /// <remarks>Source: Adobe, rest-api/error-codes, "HTTP-level".</remarks>
    public int MaxBodyBytes { get; set; } = 1024 * 1024;

    /// <summary>Longest path and query in bytes; a longer one gets HTTP 414. Default: 8,192 (8 KB).</summary>
    /// <remarks>Source: Adobe, rest-api/error-codes, "HTTP-level".</remarks>
    public int MaxUriBytes { get; set; } = 8 * 1024;

    /// <summary>Most records, filter values or rows of a page in one call. Default: 300.</summary>
    /// <remarks>Source: Adobe, rest-api/custom-objects.</remarks>
    public int MaxRecordsPerCall { get; set; } = 300;

    /// <summary>Length of string, email and phone fields; see <see cref="EmulatorQuirks.TextLengthInBytes"/>. Default: 255.</summary>
    /// <remarks>Source: Adobe, rest-api/field-types.</remarks>
    public int StringFieldLength { get; set; } = 255;

    /// <summary>Length of text fields; see <see cref="EmulatorQuirks.TextLengthInBytes"/>. Default: 2,000.</summary>
    /// <remarks>
    /// Adobe contradicts itself: 2,000 characters (Spring 2016 release notes) or 30,000 bytes (field-types). The smaller is the safer
    /// default.
    /// </remarks>
    public int TextFieldLength { get; set; } = 2000;

    /// <summary>Most custom objects that the Custom Object Metadata API may create; one more gets 1028. Default: 10.</summary>
    /// <remarks>Source: Adobe, rest-api/custom-objects, "Custom Object Metadata".</remarks>
    public int MaxTypesMadeByApi { get; set; } = 10;

    /// <summary>Most custom fields of one object. Default: 50.</summary>
    public int MaxFieldsPerObject { get; set; } = 50;

    /// <summary>Most fields that may be added after an object was first approved. Default: 20.</summary>
    public int MaxFieldsAddedAfterApproval { get; set; } = 20;

    /// <summary>
    /// Whether the subscription has the Custom Object Metadata API; without it every schema call gets 616. Default: true.
    /// </summary>
    public bool SchemaApiAvailable { get; set; } = true;

    /// <summary>
    /// Whether Marketo is synchronized natively with Salesforce or Dynamics, which then owns companies: they can be read, and every write
    /// gets 1018. Default: false.
    /// </summary>
    /// <remarks>Source: Adobe, rest-api/companies; see <see cref="EmulatorQuirks.CrmRefusesCall"/>.</remarks>
    public bool CrmSync { get; set; }

    /// <summary>Partitions of leads; the first is meant where a call names none. Default: one, <c>Default</c>.</summary>
    /// <remarks>Source: Adobe, rest-api/leads.</remarks>
    public IList<LeadPartition> LeadPartitions { get; } = [new LeadPartition(1, "Default")];

    /// <summary>Most leads that one query may match; one more gets 1003. Default: 1,000.</summary>
    /// <remarks>Source: Adobe, rest-api/leads, "Query".</remarks>
    public int MaxLeadsPerQuery { get; set; } = 1000;

    /// <summary>
    /// Most members of a program that a query by anything but the lead may look through; one more gets 1003. Default: 100,000.
    /// </summary>
    /// <remarks>Source: Adobe, rest-api/program-members, "Query".</remarks>
    public int MaxMembersPerFilter { get; set; } = 100_000;

    /// <summary>How many calls the log keeps; counters go on for ever. Range: 0 or more. Default: 10,000.</summary>
    public int CallLogCapacity { get; set; } = 10_000;

    /// <summary>Whether every accepted write is kept for an oracle to read. Grows without bound. Default: false.</summary>
    public bool KeepJournal { get; set; }

    /// <summary>
    /// How <c>POST /_emulator/clock</c> moves the clock, for example <c>fakeTime.Advance</c>. Default: none, the clock cannot be moved.
    /// </summary>
    public Action<TimeSpan>? AdvanceClock { get; set; }

    /// <summary>Behaviour that Adobe does not document.</summary>
    public EmulatorQuirks Quirks { get; } = new();
}
