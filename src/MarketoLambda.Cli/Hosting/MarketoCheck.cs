using MarketoLambda.Marketo;
using MarketoLambda.Marketo.Errors;
using MarketoLambda.Marketo.Records;
using MarketoLambda.Sync.Jobs;
using MarketoLambda.Sync.Leases;
using MarketoLambda.Sync.Rejects;
using MarketoLambda.Sync.Setup;
using MarketoLambda.Sync.State;
using MarketoLambda.Sync.State.Tables;
using MarketoLambda.Sync.Targets;
using MarketoLambda.Sync.Wording;

namespace MarketoLambda.Cli.Hosting;

/// <summary>What Marketo says of the jobs and of what the program keeps there. Only reads.</summary>
internal sealed class MarketoCheck
{
    private const string Init = "\"marketo-lambda init\"";

    private readonly Dictionary<string, RecordTypeDescription> _descriptions = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<string> _mistakes = [];

    /// <summary>Marketo was not asked.</summary>
    /// <param name="reason">Why, in a sentence that names the remedy.</param>
    public static MarketoCheck NotAsked(string reason) => new() { NotChecked = reason };

    /// <summary>Why Marketo was not checked, or not wholly; null where it was.</summary>
    public string? NotChecked { get; private set; }

    /// <summary>The exit code of a Marketo that cannot be asked.</summary>
    public int ExitCode { get; private set; } = Sync.Failures.ExitCode.Done;

    /// <summary>What is wrong with the set-up as a whole.</summary>
    public IReadOnlyList<string> Mistakes => _mistakes;

    /// <summary>Asks for every job's target and record, and for the objects that hold state.</summary>
    public static async Task<MarketoCheck> AskAsync(LocalHost local, IReadOnlyList<SyncJob> jobs, CancellationToken cancellationToken)
    {
        MarketoCheck check = new();
        try
        {
            await check.AskForObjectsAsync(local, jobs, cancellationToken);
            await check.AskForStateAsync(local, jobs, cancellationToken);
        }
        catch (MarketoException failure)
        {
            check.NotChecked = failure.Message;
            check.ExitCode = Failures.ExitCodeOf(failure);
        }

        return check;
    }

    /// <summary>What a job fills; null where it is not known.</summary>
    public RecordTypeDescription? Describe(string apiName) => _descriptions.GetValueOrDefault(apiName);

    private async Task AskForObjectsAsync(LocalHost local, IReadOnlyList<SyncJob> jobs, CancellationToken cancellationToken)
    {
        foreach (var job in jobs)
        {
            var target = job.Target.Open(local.Get<MarketoClient>());
            if (await target.DescribeAsync(cancellationToken) is { } description)
            {
                _descriptions[job.Name] = description;
            }
            else
            {
                _mistakes.Add(await target.ExplainMissingAsync(cancellationToken));
            }
        }
    }

    private async Task AskForStateAsync(LocalHost local, IReadOnlyList<SyncJob> jobs, CancellationToken cancellationToken)
    {
        List<(string What, string Mistake)> missing = [];
        if (await IsUsableAsync(StateFields.ObjectApiName, local.Get<StateStore>().GetMissingFieldsAsync))
        {
            foreach (var job in jobs)
            {
                await IsUsableAsync($"the state record of {job.Name}", giveUp => local.Get<StateStore>().ReadAsync(job.Name, giveUp));
            }
        }

        await IsUsableAsync(RunFields.ObjectApiName, local.Get<RunStore>().GetMissingFieldsAsync);
        if (local.Get<RejectPolicy>().IsInMarketo)
        {
            await IsUsableAsync(RejectFields.ObjectApiName, local.Get<RejectTable>().GetMissingFieldsAsync);
        }

        foreach (var own in StateSetup.ObjectsOfTargets(jobs))
        {
            await IsUsableAsync(own.ApiName, giveUp => local.Get<StateSetup>().CheckAsync(own, giveUp));
        }

        _mistakes.AddRange(Told(missing));

        async Task<bool> IsUsableAsync(string what, Func<CancellationToken, Task> read)
        {
            try
            {
                await read(cancellationToken);
                return true;
            }
            catch (StateException mistake)
            {
                missing.Add((what, mistake.Message));
                return false;
            }
        }
    }

    /// <summary>What one command creates is told once.</summary>
    private static IEnumerable<string> Told(List<(string What, string Mistake)> missing) =>
        missing.Count > 1 && missing.All(one => one.Mistake.Contains(Init, StringComparison.Ordinal))
            ?
            [
                $"What the program keeps in Marketo is not there yet: run {Init} once. It creates "
                    + $"{Quantity.List(missing.Select(one => one.What))}.",
            ]
            : missing.Select(one => one.Mistake);
}
