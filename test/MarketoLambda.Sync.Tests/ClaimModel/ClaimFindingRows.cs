namespace MarketoLambda.Sync.Tests.ClaimModel;

/// <summary>Findings as rows of a theory.</summary>
internal static class ClaimFindingRows
{
    public static IEnumerable<TheoryDataRow<string>> Of(IEnumerable<ClaimFinding> findings) =>
        findings.Select(finding => new TheoryDataRow<string>(finding.Id)
        {
            TestDisplayName = finding.ToString(),
            Skip = finding.IsLarge && !ClaimModelScale.IsLarge ? $"Large: set {ClaimModelScale.Variable}=large" : null,
        });

    /// <summary>Explores the scope of a finding and compares all that the finding says.</summary>
    public static void Repeat(string id)
    {
        var finding = ClaimFindings.All.Single(candidate => candidate.Id == id);
        var verdict = ClaimExploration.Explore(finding.Scope);
        var counterexamples = string.Join(Environment.NewLine, verdict.Breaks.Select(broken => broken.Counterexample));
        Assert.True(verdict.Closed, "The search was cut, so nothing is proved");
        Assert.True(
            finding.Verdict == verdict.ToString(),
            $"Expected {finding.Verdict}, found {verdict}{Environment.NewLine}{counterexamples}");
        Assert.Equal(finding.States, verdict.States);
    }
}
