namespace MarketoLambda.Cli.Output;

/// <summary>Shows people a finding of <c>doctor</c>, on one line.</summary>
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

    private static string Sign(FindingMark mark) => mark switch
    {
        FindingMark.Good => "✓",
        FindingMark.Warning => "!",
        FindingMark.Wrong => "✗",
        _ => "–",
    };
}
