using System.Net;
using MarketoLambda.Sync.Failures;
using MarketoLambda.Sync.Wording;

namespace MarketoLambda.Sync.Outages;

/// <summary>What a person on call is told when a run failed and Marketo could not be told, and when that is over.</summary>
/// <remarks>No secrets and no field values.</remarks>
/// <param name="Job">The job's name.</param>
/// <param name="Subject">One line.</param>
/// <param name="Sections">What happened, what is safe, what to do.</param>
public sealed record OutageAlert(string Job, string Subject, IReadOnlyList<AlertSection> Sections)
{
    /// <summary>Good news: Marketo can be told again.</summary>
    public bool IsOver { get; init; }

    /// <summary>Plain text, each heading on a line of its own and its sentences below, indented.</summary>
    public string Text =>
        string.Join(
            "\n\n",
            Sections.Select(section => $"{section.Heading}\n{string.Join('\n', section.Lines.Select(line => $"  {line}"))}"));

    /// <summary>The same as a page for a mail program.</summary>
    public string Html =>
        $"<!DOCTYPE html><html lang=\"en\"><body style=\"font-family:sans-serif\"><h2>{Encoded(Subject)}</h2>"
            + string.Concat(Sections.Select(Page))
            + "</body></html>";

    /// <summary>Words the alert for a run that failed and could not tell Marketo.</summary>
    /// <param name="failure">The run.</param>
    /// <param name="outage">The outage, this run included.</param>
    public static OutageAlert Compose(UnrecordedFailure failure, Outage outage)
    {
        var isReminder = outage.AlertedAt is not null;
        List<string> happened = [$"The run of {failure.Job} that started at {UtcText.Words(failure.StartedAt)} failed:", failure.Error];
        if (outage.FailedRuns > 1)
        {
            happened.Add(
                $"It is run {outage.FailedRuns} in a row that failed without telling Marketo; the first one started at "
                    + $"{UtcText.Words(outage.Since)}."
            );
        }

        return new OutageAlert(
            failure.Job,
            $"MarketoLambda: import into {failure.Job} {(isReminder ? "still fails" : "failed")} and Marketo could not be told",
            [
                new AlertSection("What happened", happened),
                new AlertSection("What could not be recorded", [Unrecorded(failure), Finished(failure.Unrecorded)]),
                new AlertSection(
                    "What is safe",
                    ["Nothing is lost: the next run starts at the last checkpoint that Marketo acknowledged."]),
                new AlertSection(
                    "What to do",
                    [
                        .. FailureRule.Find(failure.RecordingFailure ?? failure.Cause).Remedies($"\"marketo-lambda run {failure.Job}\""),
                        $"Runs that fail meanwhile are not alerted again for {Outage.ReminderAfter.TotalHours:0} hours; a message follows "
                            + "when Marketo can be told again.",
                    ]),
            ]);
    }

    /// <summary>Words the message that the outage of a job is over.</summary>
    /// <param name="job">The job's name.</param>
    /// <param name="outage">What is over.</param>
    /// <param name="until">When Marketo could be told again.</param>
    /// <param name="caughtUp">What the run did that could tell it.</param>
    public static OutageAlert Recovered(string job, Outage outage, DateTimeOffset until, string caughtUp) =>
        new(
            job,
            $"MarketoLambda: Marketo can be told again about {job}",
            [
                new AlertSection(
                    "What happened",
                    [
                        $"From {UtcText.Words(outage.Since)} until {UtcText.Words(until)} "
                            + $"{Quantity.Format(outage.FailedRuns, "run")} of {job} failed and could not tell Marketo. That is over.",
                        .. outage.AlertedAt is null ? ["No alert could be sent about it."] : Array.Empty<string>(),
                    ]),
                new AlertSection("What was caught up", [caughtUp]),
            ])
        {
            IsOver = true,
        };

    private static string Unrecorded(UnrecordedFailure failure)
    {
        if (failure.RecordingFailure is null)
        {
            return "The state record could not be read, so nothing was started.";
        }

        var reason = FailureText.FromCall(failure.RecordingFailure);
        return reason == failure.Error ? "Neither this failure nor how far the run got, for the same reason." : reason;
    }

    private static string Finished(long records) =>
        records == 0
            ? "No record was imported since the last checkpoint."
            : $"{Quantity.Format(records, "record")} {(records == 1 ? "was" : "were")} imported since the last checkpoint; the next run "
                + $"sends {(records == 1 ? "it" : "them")} again, which changes nothing.";

    private static string Page(AlertSection section) =>
        $"<h3>{Encoded(section.Heading)}</h3>{string.Concat(section.Lines.Select(line => $"<p>{Linked(line)}</p>"))}";

    private static string Linked(string line) =>
        Uri.TryCreate(line, UriKind.Absolute, out var address) && address.Scheme == Uri.UriSchemeHttps
            ? $"<a href=\"{Encoded(line)}\">{Encoded(line)}</a>"
            : Encoded(line);

    private static string Encoded(string text) => WebUtility.HtmlEncode(text);
}
