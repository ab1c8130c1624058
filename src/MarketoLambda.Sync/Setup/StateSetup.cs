using MarketoLambda.Marketo.CustomObjects;
using MarketoLambda.Marketo.Errors;
using MarketoLambda.Marketo.Records;
using MarketoLambda.Marketo.Schema;
using MarketoLambda.Sync.Jobs;
using MarketoLambda.Sync.Leases;
using MarketoLambda.Sync.Rejects;
using MarketoLambda.Sync.State;
using MarketoLambda.Sync.State.Tables;
using Microsoft.Extensions.Logging;

namespace MarketoLambda.Sync.Setup;

/// <summary>Creates what the engine keeps in Marketo: its objects, and in them the records of every job that no run may create.</summary>
public sealed class StateSetup(
    CustomObjectsClient customObjects,
    CustomObjectSchemaClient schema,
    StateStore states,
    RunStore ledger,
    TimeProvider time,
    ILogger<StateSetup> logger)
{
    /// <summary>Everything the engine keeps in Marketo.</summary>
    public static IReadOnlyList<StateTable> Objects { get; } = [StateFields.Definition, RunFields.Definition, RejectFields.Definition];

    /// <summary>What the targets of these jobs keep in Marketo beside that, each once.</summary>
    public static IEnumerable<StateTable> ObjectsOfTargets(IEnumerable<SyncJob> jobs) =>
        jobs.Select(job => job.Target.OwnTable).OfType<StateTable>().Distinct();

    /// <summary>Creates and approves the object, or adds what it lacks. Safe to repeat.</summary>
    /// <exception cref="MarketoException">Marketo could not be reached.</exception>
    public Task<StateSetupResult> EnsureObjectAsync(StateTable kept, CancellationToken cancellationToken) =>
        EnsureObjectAsync(kept, isSecondTry: false, cancellationToken);

    /// <summary>Finds out whether an object can be used as it is.</summary>
    /// <exception cref="StateException">It cannot.</exception>
    public Task CheckAsync(StateTable kept, CancellationToken cancellationToken) =>
        new TableRecords(customObjects, kept).BindAsync(cancellationToken);

    /// <summary>
    /// Creates the job's state record and what its leases are made of, unless they are there; true when the state record was created.
    /// </summary>
    public Task<bool> EnsureRecordsAsync(SyncJob job, CancellationToken cancellationToken)
    {
        states.Know(job);
        return EnsureRecordsAsync(job.Name, cancellationToken);
    }

    /// <summary>The same for a job that is named like the object it fills.</summary>
    /// <inheritdoc cref="EnsureRecordsAsync(SyncJob, CancellationToken)"/>
    public async Task<bool> EnsureRecordsAsync(string apiName, CancellationToken cancellationToken)
    {
        var isNew = await states.FindAsync(apiName, cancellationToken) is null;
        if (isNew)
        {
            await states.CreateAsync(apiName, time.GetUtcNow(), cancellationToken);
        }

        var state = await states.ReadAsync(apiName, cancellationToken);
        apiName = state.ApiName;
        if (!await ledger.HasFloorAsync(apiName, cancellationToken))
        {
            await ledger.CreateFloorAsync(apiName, state.LastRunNumber, cancellationToken);
        }

        if (state.LastRunNumber > 0)
        {
            // Of a job from before there were leases, or after somebody emptied the object. It is refused where the row is there.
            await ledger.TryCreateAsync(
                new RunRow("", apiName, state.LastRunNumber)
                {
                    Stage = RunStage.Done,
                    End = state.Checkpoint,
                    Outcome = state.LastRun?.Outcome ?? "",
                },
                cancellationToken);
        }

        return isNew;
    }

    private async Task<StateSetupResult> EnsureObjectAsync(StateTable kept, bool isSecondTry, CancellationToken cancellationToken)
    {
        var description = await customObjects.DescribeAsync(kept.ApiName, cancellationToken);
        var missing = description is null ? kept.Fields : MissingFrom(kept, description);
        if (missing.Count == 0)
        {
            return new StateSetupResult(StateSetupOutcome.AlreadyThere, []);
        }

        StateSetupResult done = new(description is null ? StateSetupOutcome.Created : StateSetupOutcome.Completed, missing);
        try
        {
            await BuildAsync(kept, isApproved: description is not null, missing, cancellationToken);
            return done;
        }
        catch (MarketoRequestException) when (!isSecondTry)
        {
            // A step whose reply was lost is repeated, and then refused because it was done: go on from what is there now.
            var second = await EnsureObjectAsync(kept, isSecondTry: true, cancellationToken);
            return second.Outcome == StateSetupOutcome.ByHand ? second : done;
        }
        catch (MarketoException refusal) when (refusal.IsRefusal)
        {
            return new StateSetupResult(StateSetupOutcome.ByHand, missing) { Refusal = refusal.Message };
        }
    }

    private async Task BuildAsync(StateTable kept, bool isApproved, IReadOnlyList<TableField> missing, CancellationToken cancellationToken)
    {
        var drafted = await DraftFieldsAsync(kept, isApproved, cancellationToken);
        var toAdd = missing.Where(field => !drafted.Contains(field.Name, StringComparer.OrdinalIgnoreCase)).ToList();
        if (toAdd.Count > 0)
        {
            await schema.AddFieldsAsync(kept.ApiName, [.. toAdd.Select(field => Definition(kept, field))], cancellationToken);
        }

        await schema.ApproveAsync(kept.ApiName, cancellationToken);
        await ApprovalWait.UntilUsableAsync(
            customObjects, kept.ApiName, [.. kept.Fields.Select(field => field.Name)], time, logger, cancellationToken);
    }

    /// <summary>Field names of the draft that an earlier try may have left. The object is created unless it is there.</summary>
    private async Task<List<string>> DraftFieldsAsync(StateTable kept, bool isApproved, CancellationToken cancellationToken)
    {
        if (
            await schema.DescribeAsync(kept.ApiName, isApproved ? CustomObjectTypeState.ApprovedWithDraft : null, cancellationToken) is
            { } draft)
        {
            return [.. draft.Fields.Select(field => field.Name)];
        }

        if (!isApproved)
        {
            await schema.CreateAsync(
                new CustomObjectTypeDefinition(kept.ApiName, kept.DisplayName, kept.PluralName, kept.Description),
                cancellationToken);
        }

        return [];
    }

    private static IReadOnlyList<TableField> MissingFrom(StateTable kept, RecordTypeDescription description) =>
        [.. kept.Fields.Where(field => description.FindField(field.Name) is null)];

    private static CustomObjectFieldDefinition Definition(StateTable kept, TableField field) =>
        new(field.Name, field.DisplayName, field.DataType) { Description = field.Meaning, IsDedupeField = field == kept.KeyField };
}

/// <summary>What became of an object.</summary>
public enum StateSetupOutcome
{
    /// <summary>It was complete before.</summary>
    AlreadyThere,

    /// <summary>It was created and approved.</summary>
    Created,

    /// <summary>Fields it lacked were added.</summary>
    Completed,

    /// <summary>This subscription does not let the program do it; a person has to.</summary>
    ByHand,
}

/// <summary>What set-up did.</summary>
/// <param name="Outcome">What became of an object.</param>
/// <param name="Fields">The fields that were added, or have to be added by hand.</param>
public sealed record StateSetupResult(StateSetupOutcome Outcome, IReadOnlyList<TableField> Fields)
{
    /// <summary>Why the program could not do it.</summary>
    public string? Refusal { get; init; }
}
