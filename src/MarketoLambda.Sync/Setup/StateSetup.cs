using MarketoLambda.Marketo.CustomObjects;
using MarketoLambda.Marketo.Errors;
using MarketoLambda.Marketo.Schema;
using MarketoLambda.Sync.State;
using Microsoft.Extensions.Logging;

namespace MarketoLambda.Sync.Setup;

/// <summary>Creates what the engine keeps in Marketo: the state object and one record in it for every job.</summary>
public sealed class StateSetup(CustomObjectsClient customObjects, CustomObjectSchemaClient schema, StateStore states, TimeProvider time, ILogger<StateSetup> logger)
{
    private static readonly TimeSpan[] WaitsAfterApproval = [.. new[] { 1, 2, 4, 8, 15 }.Select(seconds => TimeSpan.FromSeconds(seconds))];

    /// <summary>Creates and approves the state object, or adds what it lacks. Safe to repeat.</summary>
    /// <exception cref="MarketoException">Marketo could not be reached.</exception>
    public Task<StateSetupResult> EnsureObjectAsync(CancellationToken cancellationToken) => EnsureObjectAsync(isSecondTry: false, cancellationToken);

    /// <summary>Creates the job's state record unless it is there; true when it was created.</summary>
    public async Task<bool> EnsureRecordAsync(string apiName, CancellationToken cancellationToken)
    {
        if (await states.FindAsync(apiName, cancellationToken) is not null)
        {
            return false;
        }

        await states.CreateAsync(apiName, time.GetUtcNow(), cancellationToken);
        return true;
    }

    private async Task<StateSetupResult> EnsureObjectAsync(bool isSecondTry, CancellationToken cancellationToken)
    {
        var description = await customObjects.DescribeAsync(StateFields.ObjectApiName, cancellationToken);
        var missing = description is null ? StateFields.All : MissingFrom(description);
        if (missing.Count == 0)
        {
            return new StateSetupResult(StateSetupOutcome.AlreadyThere, []);
        }

        StateSetupResult done = new(description is null ? StateSetupOutcome.Created : StateSetupOutcome.Completed, missing);
        try
        {
            await BuildAsync(isApproved: description is not null, missing, cancellationToken);
            return done;
        }
        catch (MarketoRequestException) when (!isSecondTry)
        {
            // A step whose reply was lost is repeated, and then refused because it was done: go on from what is there now.
            var second = await EnsureObjectAsync(isSecondTry: true, cancellationToken);
            return second.Outcome == StateSetupOutcome.ByHand ? second : done;
        }
        catch (Exception refusal) when (refusal is MarketoAuthorizationException or MarketoRequestException)
        {
            return new StateSetupResult(StateSetupOutcome.ByHand, missing) { Refusal = refusal.Message };
        }
    }

    private async Task BuildAsync(bool isApproved, IReadOnlyList<StateField> missing, CancellationToken cancellationToken)
    {
        var drafted = await DraftFieldsAsync(isApproved, cancellationToken);
        var toAdd = missing.Where(field => !drafted.Contains(field.Name, StringComparer.OrdinalIgnoreCase)).ToList();
        if (toAdd.Count > 0)
        {
            await schema.AddFieldsAsync(StateFields.ObjectApiName, [.. toAdd.Select(Definition)], cancellationToken);
        }

        await schema.ApproveAsync(StateFields.ObjectApiName, cancellationToken);
        await WaitUntilUsableAsync(cancellationToken);
    }

    /// <summary>Field names of the draft that an earlier try may have left. The object is created unless it is there.</summary>
    private async Task<List<string>> DraftFieldsAsync(bool isApproved, CancellationToken cancellationToken)
    {
        if (await schema.DescribeAsync(StateFields.ObjectApiName, isApproved ? CustomObjectTypeState.ApprovedWithDraft : null, cancellationToken) is { } draft)
        {
            return [.. draft.Fields.Select(field => field.Name)];
        }

        if (!isApproved)
        {
            await schema.CreateAsync(
                new CustomObjectTypeDefinition(StateFields.ObjectApiName, StateFields.ObjectDisplayName, StateFields.ObjectPluralName, StateFields.ObjectDescription),
                cancellationToken);
        }

        return [];
    }

    // How soon an approved object can be used is not documented.
    private async Task WaitUntilUsableAsync(CancellationToken cancellationToken)
    {
        foreach (var wait in WaitsAfterApproval)
        {
            if (await customObjects.DescribeAsync(StateFields.ObjectApiName, cancellationToken) is { } description && MissingFrom(description).Count == 0)
            {
                return;
            }

            logger.WaitingForApproval(StateFields.ObjectApiName, (long)wait.TotalMilliseconds);
            await Task.Delay(wait, time, cancellationToken);
        }
    }

    private static IReadOnlyList<StateField> MissingFrom(CustomObjectDescription description) =>
        [.. StateFields.All.Where(field => description.FindField(field.Name) is null)];

    private static CustomObjectFieldDefinition Definition(StateField field) =>
        new(field.Name, field.DisplayName, field.DataType) { Description = field.Meaning, IsDedupeField = field == StateFields.ApiName };
}

/// <summary>What became of the state object.</summary>
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
/// <param name="Outcome">What became of the state object.</param>
/// <param name="Fields">The fields that were added, or have to be added by hand.</param>
public sealed record StateSetupResult(StateSetupOutcome Outcome, IReadOnlyList<StateField> Fields)
{
    /// <summary>Why the program could not do it.</summary>
    public string? Refusal { get; init; }
}
