using MarketoLambda.Cli.Hosting;
using MarketoLambda.Sync.Jobs;
using MarketoLambda.Sync.Rejects;

namespace MarketoLambda.Cli.Commands.Rejects;

/// <summary>What somebody asks to be done, and with which rejects.</summary>
/// <param name="IsDismissal">They are let go of; else they are tried again.</param>
/// <param name="Filter">Which.</param>
internal sealed record RejectChoice(bool IsDismissal, RejectFilter Filter)
{
    /// <summary>These alone; empty where the filter and the file say which.</summary>
    public IReadOnlyList<long> Numbers { get; init; } = [];

    /// <summary>Only those from this file or table; null for any.</summary>
    public string? File { get; init; }

    /// <summary>Those of the open ones that are meant.</summary>
    /// <exception cref="WrongInputException">None is: what somebody mistyped must not look as if it were done.</exception>
    public IReadOnlyList<RejectRow> Choose(SyncJob job, IReadOnlyList<RejectRow> open)
    {
        if (Numbers.Except(open.Select(row => row.Number)).Order().ToList() is { Count: > 0 } unknown)
        {
            throw new WrongInputException(
                $"{job.Name} has no open {(unknown.Count == 1 ? "reject" : "rejects")} {string.Join(", ", unknown)}. "
                    + $"\"marketo-lambda rejects list {job.Name}\" shows those that are open.");
        }

        IReadOnlyList<RejectRow> chosen =
        [
            .. open.Where(row =>
                (Numbers.Count == 0 || Numbers.Contains(row.Number))
                && (File is null || row.Location.Container == File)
                && Filter.Includes(row, job)),
        ];
        if (chosen.Count == 0 && (File is not null || !Filter.IsEmpty))
        {
            throw new WrongInputException(
                $"{job.Name} has no open reject{(File is null ? "" : $" from {File}")}{Filter}. "
                    + $"\"marketo-lambda rejects list {job.Name}\" shows those that are open.");
        }

        return chosen;
    }

    /// <summary>
    /// For the engine, which reads what is open by itself: what is refused meanwhile belongs to it too where all are meant.
    /// </summary>
    /// <param name="chosen">What <see cref="Choose"/> found.</param>
    public RejectWork Work(IReadOnlyList<RejectRow> chosen)
    {
        var isAll = Numbers.Count == 0 && Filter.IsEmpty;
        var numbers = chosen.Select(row => row.Number);
        return IsDismissal ? RejectWork.Dismiss(isAll ? null : numbers, File)
            : isAll ? RejectWork.RetryAll()
            : Numbers.Count > 0 ? RejectWork.Retry(numbers)
            : RejectWork.RetryAll(numbers);
    }
}
