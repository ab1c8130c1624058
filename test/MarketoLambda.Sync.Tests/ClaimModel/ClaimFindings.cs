using static MarketoLambda.Sync.Tests.ClaimModel.ClaimScopes;
using static MarketoLambda.Sync.Tests.ClaimModel.Weakness;

namespace MarketoLambda.Sync.Tests.ClaimModel;

/// <summary>What the explorations said. The tests repeat them, and the README shows them.</summary>
internal static partial class ClaimFindings
{
    private const string Nothing = "all hold";

    /// <summary>The recommended protocol, whole, in every world it has to bear.</summary>
    public static IReadOnlyList<ClaimFinding> Holds { get; } =
    [
        new("H1", "nothing goes wrong", "", new ClaimScope(), States: 1_409, Nothing),
        new("H2", "a process crashes", "", new ClaimScope { Crashes = 1 }, States: 9_995, Nothing),
        new("H3", "a reply is lost", "", new ClaimScope { Losses = 1 }, States: 9_813, Nothing),
        new("H4", "crash, lost reply, late requests", "A1", Ordinary, States: 84_630, Nothing),
        new("H5", "H4 + reset", "A2, A8", WithReset, States: 275_780, Nothing),
        new("H6", "H4, create not atomic", "N1", Ordinary with { Weaknesses = LateRequests | CreateIsNotAtomic }, States: 181_901, Nothing),
        new(
            "H7",
            "crash, late requests, reset, stale record",
            "N8",
            CrashAndReset with
            {
                Weaknesses = LateRequests | RecordReadsAreStale,
            },
            States: 53_151,
            Nothing),
        new("H8", "H4, stale rows", "N3", Ordinary with { Weaknesses = LateRequests | RowReadsAreStale }, States: 140_810, Nothing),
        new(
            "H9",
            "crash, late requests, reset, stale record and stale rows",
            "",
            CrashAndReset with
            {
                Weaknesses = LateRequests | RecordReadsAreStale | RowReadsAreStale,
            },
            States: 99_023,
            Nothing),
        new("H10", "H4, two batches a run", "A5", Ordinary with { Batches = 2 }, States: 105_726, Nothing),
        new("H11", "H4 + pruning, a starter that read before the first run", "P17", Pruning, States: 40_885, Nothing),
        new(
            "H12",
            "H11, create not atomic",
            "P12m",
            Pruning with { Weaknesses = LateRequests | CreateIsNotAtomic },
            States: 61_116,
            Nothing),
        new(
            "H13",
            "H5, create not atomic",
            "N2",
            WithReset with { Weaknesses = LateRequests | CreateIsNotAtomic },
            States: 597_370,
            Nothing)
        {
            IsLarge = true,
        },
        new(
            "H14",
            "H5, create not atomic, stale record",
            "R6",
            WithReset with
            {
                Weaknesses = LateRequests | CreateIsNotAtomic | RecordReadsAreStale,
            },
            States: 787_000,
            Nothing)
        {
            IsLarge = true,
        },
        new("H15", "H5, stale rows", "N3", WithReset with { Weaknesses = LateRequests | RowReadsAreStale }, States: 463_908, Nothing)
        {
            IsLarge = true,
        },
        new(
            "H16",
            "H5, two lost replies, two batches a run",
            "E5, E7b",
            WithReset with { Losses = 2, Batches = 2 },
            States: 1_032_404,
            Nothing)
        {
            IsLarge = true,
        },
        new(
            "H17",
            "H5, two batches a run, three source versions",
            "",
            WithReset with { Batches = 2, SourceVersions = 3 },
            States: 878_896,
            Nothing)
        {
            IsLarge = true,
        },
        new("H18", "H5, four runs", "R4", WithReset with { Starts = 4 }, States: 2_664_239, Nothing) { IsLarge = true },
        new(
            "H19",
            "H5 + pruning, slow starter, two past runs and three more",
            "R7",
            WithReset with
            {
                PastRuns = 2,
                Prunes = 1,
                Starts = 3,
                HasSlowStarter = true,
            },
            States: 1_467_888,
            Nothing)
        {
            IsLarge = true,
        },
    ];

    public static IEnumerable<ClaimFinding> All => [.. Holds, .. Breaks, .. Redundant];
}
