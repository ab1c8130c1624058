using MarketoLambda.Testing.Simulation;

namespace MarketoLambda.Sources.Tests.Salesforce;

/// <summary>Imports from an organisation at work, over a network on which everything goes wrong, by processes that die: at the end Marketo
/// holds what the organisation holds.</summary>
/// <remarks>The attacker is <c>Testing/Salesforce/Attack</c>, which shares nothing with the product; its README says what it
/// does.</remarks>
public sealed class AttackTests(ITestOutputHelper output)
{
    private const int Seed = 20261127;

    private static int Worlds => SimulationScale.IsFull ? 1000 : 60;

    [Fact]
    public void Whatever_goes_wrong_on_the_way_nothing_is_lost_overtaken_or_invented()
    {
        // Given
        SortedDictionary<string, int> happened = new(StringComparer.Ordinal);
        SortedDictionary<string, int> ends = new(StringComparer.Ordinal);
        List<string> findings = [];
        // When
        for (var seed = Seed; seed < Seed + Worlds; seed++)
        {
            AttackedImport import = new(seed);
            findings.AddRange(import.Play().Select(finding => $"seed {seed}: {finding}"));
            Count(happened, import.Org.Faults.Happened);
            Count(ends, import.Ends);
        }

        // Then
        output.WriteLine($"{ends.Values.Sum()} runs in {Worlds} worlds: {string.Join(", ", ends.Select(end => $"{end.Value} {end.Key}"))}");
        output.WriteLine(string.Join('\n', happened.Select(kind => $"{kind.Value,6} {kind.Key}")));
        Assert.True(findings.Count == 0, string.Join("\n", findings.Take(40)));
        Assert.True(happened.Count >= 30, $"{happened.Count} kinds of faults happened");
    }

    private static void Count(SortedDictionary<string, int> all, SortedDictionary<string, int> some)
    {
        foreach (var (kind, times) in some)
        {
            all[kind] = all.GetValueOrDefault(kind) + times;
        }
    }
}
