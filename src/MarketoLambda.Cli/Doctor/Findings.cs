using MarketoLambda.Cli.Output;
using MarketoLambda.Sync.Failures;

namespace MarketoLambda.Cli.Doctor;

/// <summary>Collects what was found, each told as soon as it is known: whoever waits sees how far the command is.</summary>
/// <param name="safe">Takes out what must not be told.</param>
/// <param name="tell">Called with each finding.</param>
internal sealed class Findings(SafeText safe, Action<Finding> tell)
{
    private readonly List<Finding> _all = [];

    public IReadOnlyList<Finding> All => _all;

    /// <summary>Wrong input goes before a Marketo out of reach: it is the one that a person can correct.</summary>
    public int ExitCode =>
        _all.Exists(finding => finding.ExitCode == Sync.Failures.ExitCode.WrongInput) ? Sync.Failures.ExitCode.WrongInput
        : _all.Select(finding => finding.ExitCode).FirstOrDefault(code => code != Sync.Failures.ExitCode.Done);

    public void Good(string subject, string text) => Add(new Finding(subject, FindingMark.Good, text));

    public void Warn(string subject, string text) => Add(new Finding(subject, FindingMark.Warning, text));

    public void NotSeen(string subject, string text) => Add(new Finding(subject, FindingMark.NotSeen, text));

    /// <summary>Runs fail until a person has corrected it.</summary>
    public void Wrong(string subject, string text) =>
        Add(new Finding(subject, FindingMark.Wrong, text) { ExitCode = Sync.Failures.ExitCode.WrongInput });

    /// <summary>Runs fail until it passes.</summary>
    public void Unreachable(string subject, string text) =>
        Add(new Finding(subject, FindingMark.Wrong, text) { ExitCode = Sync.Failures.ExitCode.MarketoUnreachable });

    /// <summary>A call to Marketo failed.</summary>
    public void Failed(string subject, Exception failure)
    {
        var code = FailureRule.Find(failure).ExitCode;
        Add(new Finding(subject, FindingMark.Wrong, failure.Message) { ExitCode = code });
    }

    private void Add(Finding finding)
    {
        var told = finding with { Text = $"{safe.From(finding.Text).TrimEnd('.')}." };
        _all.Add(told);
        tell(told);
    }
}
