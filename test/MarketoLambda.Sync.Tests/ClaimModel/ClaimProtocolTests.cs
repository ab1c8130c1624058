using CsCheck;

namespace MarketoLambda.Sync.Tests.ClaimModel;

/// <summary>The protocol holds in every world it has to bear, to the last reachable state.</summary>
public class ClaimProtocolTests
{
    public static IEnumerable<TheoryDataRow<string>> Findings => ClaimFindingRows.Of(ClaimFindings.Holds);

    [Theory]
    [MemberData(nameof(Findings))]
    public void The_protocol_holds(string id) => ClaimFindingRows.Repeat(id);

    [Fact]
    public void Every_step_of_the_protocol_is_taken_somewhere()
    {
        // Given
        var scope = new ClaimScope
        {
            Starts = 2,
            PastRuns = 3,
            Prunes = 1,
            HasSlowStarter = true,
            Crashes = 1,
            Losses = 1,
            Weaknesses = Weakness.LateRequests | Weakness.CreateIsNotAtomic,
        };

        // When
        var report = ClaimSpec.For(scope).Exhaustive(out _);

        // Then
        Assert.True(report.Closed);
        Assert.All(
            ClaimProtocol.Steps,
            step => Assert.Contains(Enumerable.Range(0, scope.Runs), slot => !report.NeverFired.Contains($"{step.Name}({slot})")));
    }

    [Fact]
    public void Steps_have_names_of_their_own()
    {
        Assert.NotEmpty(ClaimProtocol.Steps);
        Assert.Distinct(ClaimProtocol.Steps.Select(step => step.Name));
    }
}
