namespace MarketoLambda.Sync.Tests.ClaimModel;

/// <summary>The tables of the README are the findings, and the steps it names are the protocol's.</summary>
public class ClaimReadmeTests
{
    private static readonly string Readme = File.ReadAllText(Path.Combine(Root(), "test/MarketoLambda.Sync.Tests/ClaimModel/README.md"));

    [Fact]
    public void Its_tables_are_the_findings()
    {
        var rows = Readme.Split('\n').Where(line => line.Length > 3 && line[..3] is "| H" or "| S" or "| B" && char.IsAsciiDigit(line[3]));

        Assert.Equal(ClaimFindings.All.Select(finding => finding.Row), rows);
    }

    [Fact]
    public void It_names_every_step()
    {
        Assert.All(ClaimProtocol.Steps, step => Assert.Contains($"| `{step.Name}` | {step.Says} |", Readme, StringComparison.Ordinal));
    }

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "MarketoLambda.sln")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("No MarketoLambda.sln above the tests");
        }

        return folder.FullName;
    }
}
