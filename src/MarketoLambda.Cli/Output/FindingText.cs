using MarketoLambda.Sync.Wording;

namespace MarketoLambda.Cli.Output;

/// <summary>Shows people what <c>doctor</c> finds, a line each, and what it comes to.</summary>
internal static class FindingText
{
    public static void Write(Finding finding)
    {
        var line = $"{Sign(finding.Mark)} {finding.Subject}: {finding.Text}";
        switch (finding.Mark)
        {
            case FindingMark.Good:
                Terminal.Good(line);
                break;
            case FindingMark.Warning:
                Terminal.Warning(line);
                break;
            case FindingMark.Wrong:
                Terminal.Error(line);
                break;
            default:
                Terminal.Line(line);
                break;
        }
    }

    /// <summary>Whether runs can begin.</summary>
    public static void WriteSum(IReadOnlyList<Finding> findings)
    {
        var wrong = findings.Count(finding => finding.Mark == FindingMark.Wrong);
        var warnings = findings.Count(finding => finding.Mark == FindingMark.Warning);
        if (wrong > 0)
        {
            Terminal.Error(
                $"{Quantity.Format(wrong, "line")} marked {Sign(FindingMark.Wrong)}: until {(wrong == 1 ? "that is" : "those are")} put "
                    + "right, runs fail. Begin with the first.");
        }
        else
        {
            var looks = warnings == 0 ? "" : $" Have a look at what is marked {Sign(FindingMark.Warning)}.";
            Terminal.Good($"Nothing stands in the way of a run.{looks}");
        }
    }

    private static string Sign(FindingMark mark) => mark switch
    {
        FindingMark.Good => "✓",
        FindingMark.Warning => "!",
        FindingMark.Wrong => "✗",
        _ => "–",
    };
}
