using MarketoLambda.Marketo.Errors;
using MarketoLambda.Sync.Jobs;
using MarketoLambda.Sync.Leases;
using MarketoLambda.Sync.Rejects;
using MarketoLambda.Sync.State;
using MarketoLambda.Sync.State.Tables;
using MarketoLambda.Sync.Wording;
using Microsoft.Extensions.DependencyInjection;

namespace MarketoLambda.Cli.Doctor;

/// <summary>The objects the program keeps in Marketo, their fields, and every job's record.</summary>
internal sealed class StateCheck(IServiceProvider services, Findings findings)
{
    private const string Init = "run \"marketo-lambda init\"";

    /// <summary>How many of the objects are missing or cannot be used.</summary>
    public async Task<int> CheckObjectsAsync(bool keepsRejects, CancellationToken cancellationToken)
    {
        List<bool> isUsable =
        [
            await IsUsableAsync(StateFields.Definition, services.GetRequiredService<StateStore>().GetMissingFieldsAsync, cancellationToken),
            await IsUsableAsync(RunFields.Definition, services.GetRequiredService<RunStore>().GetMissingFieldsAsync, cancellationToken),
        ];
        if (keepsRejects)
        {
            isUsable.Add(
                await IsUsableAsync(
                    RejectFields.Definition,
                    services.GetRequiredService<RejectTable>().GetMissingFieldsAsync,
                    cancellationToken));
        }

        return isUsable.Count(usable => !usable);
    }

    public async Task CheckRecordAsync(SyncJob job, CancellationToken cancellationToken)
    {
        var subject = $"State of {job.Name}";
        try
        {
            var state = await services.GetRequiredService<StateStore>().ReadAsync(job.Name, cancellationToken);
            var run = state.LastRun is { } last ? $"the last run was #{last.Number}, {last.Outcome}" : "no run yet";
            (state.LastRun?.Outcome == RunOutcomeText.Failed ? (Action<string, string>)findings.Warn : findings.Good)(subject, run);
        }
        catch (Exception failure) when (failure is MarketoException or StateException)
        {
            findings.Failed(subject, failure);
        }
    }

    private async Task<bool> IsUsableAsync(
        StateTable kept,
        Func<CancellationToken, Task<IReadOnlyList<TableField>>> readMissing,
        CancellationToken cancellationToken)
    {
        var subject = $"Object {kept.ApiName}";
        try
        {
            var missing = await readMissing(cancellationToken);
            if (missing.Count == 0)
            {
                findings.Good(subject, $"there, with all {kept.Fields.Count} fields");
            }
            else
            {
                var fields = Quantity.List(missing.Select(field => $"{field.Name} (\"{field.DisplayName}\")"));
                findings.Warn(subject, $"there, but remembers less without {fields}: {Init}");
            }

            return true;
        }
        catch (Exception failure) when (failure is MarketoException or StateException)
        {
            findings.Failed(subject, failure);
            return false;
        }
    }
}
