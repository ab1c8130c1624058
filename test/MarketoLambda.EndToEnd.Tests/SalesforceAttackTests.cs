namespace MarketoLambda.EndToEnd.Tests;

/// <summary>A hostile organisation that is asked by queries; see <see cref="SalesforceAttack"/>.</summary>
public sealed class SalesforceAttackTests(ITestOutputHelper output)
{
    [Fact]
    public Task However_often_the_process_is_killed_and_whatever_arrives_nothing_is_lost() =>
        SalesforceAttack.SurvivesAsync(bulkAbove: 50_000, output);
}
