using MarketoLambda.Marketo.Errors;
using MarketoLambda.Sync.Leases;
using MarketoLambda.Sync.Rejects;
using MarketoLambda.Sync.Sources;
using MarketoLambda.Sync.State;
using MarketoLambda.Sync.State.Tables;
using MarketoLambda.Sync.Targets;

namespace MarketoLambda.Sync.Failures;

/// <summary>What a kind of failure leads to: the one table of it.</summary>
/// <remarks>Who acts on a code of Marketo says <see cref="MarketoErrorCatalog"/>.</remarks>
/// <param name="Kind">The row's key.</param>
/// <param name="Outcome">What the run is called that failed with it.</param>
/// <param name="ExitCode">What a command says to the script that started it; a run that was recorded in Marketo says
/// <see cref="Failures.ExitCode.Failed"/>.</param>
/// <param name="Remedies">What a person on call can do, in sentences; the argument is the command that runs the job at once.</param>
public sealed record FailureRule(
    FailureKind Kind,
    RunOutcome Outcome,
    int ExitCode,
    Func<string, IReadOnlyList<string>> Remedies)
{
    private static readonly Dictionary<FailureKind, FailureRule> ByKind = new[]
    {
        Row(
            FailureKind.Unreachable,
            Failures.ExitCode.MarketoUnreachable,
            run =>
                [
                    "Look at Marketo's status page (https://status.adobe.com) and at the network between this program and Marketo.",
                    $"When Marketo answers again the next scheduled run catches up by itself; {run} does it at once.",
                ]),
        Row(
            FailureKind.AccessDenied,
            Failures.ExitCode.WrongInput,
            run =>
                [
                    "Marketo answers, but refuses this program. That does not pass by itself: imports stand still until someone with "
                        + "access to Marketo Admin corrects it.",
                    "Check in Admin > LaunchPoint that the custom service and its API user still exist, and that its id and secret are "
                        + "those in Marketo__ClientId and Marketo__ClientSecret.",
                    $"For a permission: {MarketoErrorCatalog.AccessDenied.Remedy}.",
                    $"Once that is corrected the next scheduled run catches up; {run} does it at once.",
                ]),
        Row(
            FailureKind.Quota,
            Failures.ExitCode.MoreToDo,
            _ =>
                [
                    "Nothing, if it happens once: the count of calls starts anew every day, and the first run after that catches up by "
                        + "itself.",
                    "If it happens often, see in Admin > Web Services who uses the calls, or ask Adobe for a higher quota. Where calls are "
                        + "left and only the share of imports is used up, raise Marketo__DailySharePercent.",
                ]
        ) with
        {
            Outcome = RunOutcome.QuotaReached,
        },
        Row(
            FailureKind.SetUp,
            Failures.ExitCode.WrongInput,
            run =>
                [
                    "Something that this program keeps in Marketo is missing or was changed. That does not pass by itself: imports stand "
                        + "still until it is there again.",
                    "Do what the sentence above says. \"marketo-lambda init\" creates what is missing and changes nothing that is there.",
                    $"Then the next scheduled run goes on; {run} does it at once.",
                ]),
        Row(FailureKind.CallRefused, Failures.ExitCode.Failed, Sentence),
        Row(FailureKind.JobMismatch, Failures.ExitCode.Failed, Sentence),
        Row(FailureKind.Source, Failures.ExitCode.Failed, Sentence),
        Row(FailureKind.TooManyRejects, Failures.ExitCode.Failed, Sentence),
        Row(FailureKind.LeaseLost, Failures.ExitCode.MoreToDo, Sentence),
        Row(FailureKind.File, Failures.ExitCode.WrongInput, Sentence),
        Row(FailureKind.AlertNotSent, Failures.ExitCode.MarketoUnreachable, Sentence),
        Row(FailureKind.Unexpected, Failures.ExitCode.Failed, Sentence),
    }.ToDictionary(rule => rule.Kind);

    /// <summary>The row of a failure; <see cref="FailureKind.Unexpected"/> where there is none.</summary>
    public static FailureRule Find(Exception? failure) => ByKind[Classify(failure)];

    /// <summary>The row of a kind.</summary>
    public static FailureRule Find(FailureKind kind) => ByKind[kind];

    /// <summary>Someone aborted the run. Other people's waits are cancelled too, by time-outs of their own: those have failed.</summary>
    internal static bool IsAbort(Exception failure, CancellationToken cancellationToken) =>
        failure is OperationCanceledException && cancellationToken.IsCancellationRequested;

    /// <summary>A failure that has to be recorded or alerted: nobody aborted, and the run may still write.</summary>
    internal static bool IsToBeRecorded(Exception failure, CancellationToken cancellationToken) =>
        failure is not LeaseLostException && !IsAbort(failure, cancellationToken);

    private static FailureKind Classify(Exception? failure) => failure switch
    {
        MarketoUnavailableException or OperationCanceledException => FailureKind.Unreachable,
        MarketoAuthorizationException => FailureKind.AccessDenied,
        MarketoQuotaExceededException => FailureKind.Quota,
        MarketoException => FailureKind.CallRefused,
        StateException => FailureKind.SetUp,
        JobMismatchException => FailureKind.JobMismatch,
        SourceException => FailureKind.Source,
        TooManyRejectsException => FailureKind.TooManyRejects,
        LeaseLostException => FailureKind.LeaseLost,
        AlertNotSentException => FailureKind.AlertNotSent,
        IOException or UnauthorizedAccessException => FailureKind.File,
        _ => FailureKind.Unexpected,
    };

    private static IReadOnlyList<string> Sentence(string run) =>
        [
            "Do what the sentence above says; where it says nothing, look into the program's log, and at Marketo's status page "
                + "(https://status.adobe.com).",
            $"Every scheduled run tries again, and catches up once it can; {run} does it at once.",
        ];

    private static FailureRule Row(
        FailureKind kind,
        int exitCode,
        Func<string, IReadOnlyList<string>> remedies) => new(kind, RunOutcome.Failed, exitCode, remedies);
}
