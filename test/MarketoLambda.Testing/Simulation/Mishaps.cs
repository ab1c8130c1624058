using System.Globalization;
using MarketoLambda.Emulator.Faults;
using MarketoLambda.Marketo.Errors;

namespace MarketoLambda.Testing.Simulation;

/// <summary>
/// Everything that can go wrong, derived from the product's own error table: a row without a mishap fails <c>SweepTests</c>.
/// </summary>
public static class Mishaps
{
    /// <summary>
    /// How late a request takes effect whose client was told otherwise, or is dead. With half of a call's latency it stays below the 120 s
    /// after which Marketo gives a call up.
    /// </summary>
    public static readonly TimeSpan Late = TimeSpan.FromSeconds(90);

    /// <summary>Statuses that gateways, proxies and portals are known to send, besides those of the table.</summary>
    private static readonly int[] OtherStatuses =
    [
        204,
        301,
        302,
        304,
        307,
        400,
        402,
        403,
        405,
        406,
        407,
        408,
        409,
        410,
        411,
        412,
        415,
        416,
        417,
        421,
        422,
        423,
        424,
        425,
        426,
        428,
        429,
        431,
        451,
        500,
        501,
        502,
        503,
        504,
        505,
        507,
        508,
        509,
        510,
        511,
        520,
        521,
        522,
        523,
        524,
        525,
        526,
        527,
        529,
        530,
        598,
        599,
    ];

    private static readonly Mishap ShortAnswer = Mishap.Of(MarketoErrorCatalog.Unreadable, Fault.ShortResult());

    /// <summary>Deaths at a call.</summary>
    public static IReadOnlyList<Mishap> Kills { get; } = [.. Enum.GetValues<KillMoment>().Select(Mishap.Killed)];

    /// <summary>Naps that no claim ends in, and one in which another run goes on.</summary>
    public static IReadOnlyList<Mishap> Sleeps { get; } =
    [Mishap.Sleeps(TimeSpan.FromSeconds(8)), Mishap.Sleeps(TimeSpan.FromMinutes(4)), Mishap.Sleeps(TimeSpan.FromMinutes(40))];

    /// <summary>What the network can do to a call.</summary>
    public static IReadOnlyList<Mishap> Transport { get; } =
    [
        Mishap.NotSent(),
        Mishap.HostUnknown(),
        .. Ambiguous(MarketoErrorCatalog.Broken, Fault.BrokenConnection()),
        .. Ambiguous(MarketoErrorCatalog.TimedOut, Fault.Hang()),
        .. Ambiguous(MarketoErrorCatalog.Unreadable, Fault.Garbage()),
        .. Ambiguous(MarketoErrorCatalog.Unreadable, Fault.EmptyBody()),
        Mishap.Of(MarketoErrorCatalog.Unreadable, Fault.TruncatedJson()),
        ShortAnswer,
        Mishap.Of(MarketoErrorCatalog.TimedOut, Fault.Slow(TimeSpan.FromSeconds(95))),
    ];

    /// <summary>Every HTTP status, of the table and others.</summary>
    public static IReadOnlyList<Mishap> Statuses { get; } =
    [
        .. TableStatuses().Concat(OtherStatuses).Distinct().SelectMany(status =>
            Both(MarketoErrorCatalog.Find((System.Net.HttpStatusCode)status), Fault.Http(status))),
    ];

    /// <summary>
    /// Every code of the table as the refusal of a whole call, executed or not; one that says nothing about that also late.
    /// </summary>
    public static IReadOnlyList<Mishap> Codes { get; } =
    [
        .. NumberedRows().Append(MarketoErrorCatalog.Unknown).SelectMany(error =>
        {
            var fault = Fault.Code(error == MarketoErrorCatalog.Unknown ? "999" : error.Code);
            return error.Disposition == Disposition.Ambiguous ? Ambiguous(error, fault) : Both(error, fault);
        }),
    ];

    /// <summary>Every code that single records are refused with.</summary>
    public static IReadOnlyList<Mishap> RecordCodes { get; } =
    [
        .. NumberedRows()
            .Where(error => error.Source.EndsWith("record level", StringComparison.Ordinal))
            .Select(error => Mishap.Of(error, Fault.SkipRecords(error.Code))),
    ];

    /// <summary>Answers that say of records that are there that they are not.</summary>
    public static IReadOnlyList<Mishap> RecordsDenied { get; } =
        [ShortAnswer, .. RecordCodes.Where(mishap => mishap.Error is { MeansNotFound: true })];

    private static readonly Dictionary<StepKind, IReadOnlyList<Mishap>> ByKind = Enum.GetValues<StepKind>()
        .ToDictionary(kind => kind, Choose);

    /// <summary>What can go wrong at a step of that kind.</summary>
    public static IReadOnlyList<Mishap> At(StepKind kind) => ByKind[kind];

    private static IReadOnlyList<Mishap> Choose(StepKind kind) =>
        kind switch
        {
            StepKind.Identity => [.. Kills, .. Sleeps, .. Transport, .. Statuses],
            StepKind.Read => [.. Kills, .. Sleeps, .. Transport, .. Statuses, .. Codes],
            StepKind.Write or StepKind.Commit or StepKind.Lease or StepKind.Reject =>
            [
                .. Kills,
                .. Sleeps,
                .. Transport,
                Mishap.LastRecordLost(),
                .. Statuses,
                .. Codes,
                .. RecordCodes,
            ],
            StepKind.StoreRejects =>
            [
                Mishap.Killed(KillMoment.BeforeEffect),
                Mishap.Killed(KillMoment.AfterEffect),
                Mishap.StoreFails(afterwards: false),
                Mishap.StoreFails(afterwards: true),
            ],
            _ => [Mishap.Killed(KillMoment.BeforeEffect), Mishap.Killed(KillMoment.AfterEffect)],
        };

    private static IEnumerable<MarketoError> NumberedRows() => MarketoErrorCatalog.All.Where(error => error.Code.All(char.IsAsciiDigit));

    private static IEnumerable<int> TableStatuses() =>
        MarketoErrorCatalog
            .All.Where(error =>
                error.Code.StartsWith("HTTP ", StringComparison.Ordinal)
                && error != MarketoErrorCatalog.Gateway
                && error != MarketoErrorCatalog.Redirected)
            .Select(error => int.Parse(error.Code.AsSpan(5), CultureInfo.InvariantCulture));

    private static Mishap[] Both(MarketoError error, Fault fault) =>
        [Mishap.Of(error, fault.BeforeEffect()), Mishap.Of(error, fault.AfterEffect())];

    private static Mishap[] Ambiguous(MarketoError error, Fault fault) =>
        [.. Both(error, fault), Mishap.Of(error, fault.TakesEffectAfter(Late))];
}
