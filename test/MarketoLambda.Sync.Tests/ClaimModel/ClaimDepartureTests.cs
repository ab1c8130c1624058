namespace MarketoLambda.Sync.Tests.ClaimModel;

/// <summary>One assumption or one step taken away at a time: exactly this breaks, this soon.</summary>
public class ClaimDepartureTests
{
    public static IEnumerable<TheoryDataRow<string>> Breaks => ClaimFindingRows.Of(ClaimFindings.Breaks);

    public static IEnumerable<TheoryDataRow<string>> Redundant => ClaimFindingRows.Of(ClaimFindings.Redundant);

    [Theory]
    [MemberData(nameof(Breaks))]
    public void A_departure_breaks_just_this(string id)
    {
        Assert.NotEqual("all hold", ClaimFindings.All.Single(finding => finding.Id == id).Verdict);
        ClaimFindingRows.Repeat(id);
    }

    [Theory]
    [MemberData(nameof(Redundant))]
    public void A_redundant_step_left_out_alone_breaks_nothing(string id) => ClaimFindingRows.Repeat(id);

    [Fact]
    public void Every_invariant_is_broken_by_some_departure()
    {
        var broken = ClaimFindings.Breaks.SelectMany(finding => finding.Verdict.Split(", ")).Select(part => part.Split(' ')[0]).ToHashSet();

        Assert.Superset(Enum.GetNames<Invariant>().Select(name => name.ToUpperInvariant()).ToHashSet(), broken);
    }

    [Fact]
    public void Every_departure_and_every_weakness_has_a_finding()
    {
        var departures = ClaimFindings.All.Aggregate(Departure.None, (all, finding) => all | finding.Scope.Departures);
        var weaknesses = ClaimFindings.All.Aggregate(Weakness.None, (all, finding) => all | finding.Scope.Weaknesses);

        Assert.All(Enum.GetValues<Departure>(), departure => Assert.True(departures.HasFlag(departure), departure.ToString()));
        Assert.All(Enum.GetValues<Weakness>(), weakness => Assert.True(weaknesses.HasFlag(weakness), weakness.ToString()));
    }

    [Fact]
    public void What_holds_says_so_and_leaves_no_step_out() =>
        Assert.All(
            ClaimFindings.Holds,
            finding => Assert.True(finding is { Verdict: "all hold", Scope.Departures: Departure.None }, finding.Id));
}
