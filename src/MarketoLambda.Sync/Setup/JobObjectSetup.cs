using MarketoLambda.Marketo;
using MarketoLambda.Marketo.Errors;
using MarketoLambda.Marketo.Schema;
using MarketoLambda.Sync.Guesses;
using MarketoLambda.Sync.Jobs;
using MarketoLambda.Sync.Sources;
using MarketoLambda.Sync.Targets.CustomObjects;
using Microsoft.Extensions.Logging;

namespace MarketoLambda.Sync.Setup;

/// <summary>Creates the custom object that a job fills, where Marketo does not have it.</summary>
public sealed class JobObjectSetup(
    MarketoClient marketo, CustomObjectSchemaClient schema, TimeProvider time, ILogger<JobObjectSetup> logger)
{
    /// <summary>What would be created; null where the job fills no custom object, or its source has no rows to guess types from.</summary>
    /// <param name="job">A job whose object is missing.</param>
    /// <param name="links">Fields that link to people, companies or other objects.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="SourceException">The source cannot be read.</exception>
    public static async Task<JobObject?> ProposeAsync(
        SyncJob job, IReadOnlyDictionary<string, CustomObjectLink> links, CancellationToken cancellationToken)
    {
        if (job.Target is not CustomObjectTarget target || await TargetGuess.FindAsync(job, cancellationToken) is not { Count: > 0 } fields)
        {
            return null;
        }

        return new JobObject(
            target.Name,
            GuessedNames.ForPeople(target.Name),
            [
                .. fields.Select(field => new CustomObjectFieldDefinition(
                    field.Name, field.DisplayName, links.ContainsKey(field.Name) ? "link" : field.DataType)
                {
                    IsDedupeField = field.IsKey,
                    RelatedTo = links.GetValueOrDefault(field.Name),
                }),
            ]);
    }

    /// <summary>Why types of these names cannot be created; null where they can, or where Marketo does not say what is there.</summary>
    /// <param name="wanted">API names of all that have to be there in the end.</param>
    /// <param name="typeLimit">Most types of the subscription.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<string?> FindObstacleAsync(IEnumerable<string> wanted, int typeLimit, CancellationToken cancellationToken)
    {
        try
        {
            return TypeRoom.FindObstacle(await schema.ListAsync(cancellationToken), wanted, typeLimit);
        }
        catch (MarketoException refusal) when (refusal.IsRefusal)
        {
            return null; // which is told where something is created
        }
    }

    /// <summary>Why it cannot be created; sentences without a full stop.</summary>
    /// <param name="proposal">What to create.</param>
    /// <param name="typeLimit">Most types of the subscription.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="MarketoException">Marketo could not be asked, or does not let this program.</exception>
    public async Task<IReadOnlyList<string>> FindMistakesAsync(JobObject proposal, int typeLimit, CancellationToken cancellationToken)
    {
        var types = await schema.ListAsync(cancellationToken);
        var hasLinks = proposal.Fields.Any(field => field.RelatedTo is not null);
        var obstacle = TypeRoom.FindObstacle(types, [proposal.ApiName], typeLimit);
        return
        [
            .. obstacle is null ? (string[])[] : [obstacle.TrimEnd('.')],
            .. proposal.Mistakes(types, hasLinks ? await new LinkTargets(schema, marketo).ListAsync(cancellationToken) : []),
        ];
    }

    /// <summary>Creates and approves it, and waits until it can be used. Goes on with what an earlier try has left.</summary>
    /// <param name="proposal">What to create.</param>
    /// <param name="job">For which job, as its description says.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="MarketoException">Marketo refuses it.</exception>
    public async Task CreateAsync(JobObject proposal, string job, CancellationToken cancellationToken)
    {
        var draft = await schema.DescribeAsync(proposal.ApiName, state: null, cancellationToken);
        if (draft is null)
        {
            await schema.CreateAsync(
                new CustomObjectTypeDefinition(
                    proposal.ApiName, proposal.DisplayName, $"{proposal.DisplayName}s", $"Filled by marketo-lambda, job {job}"),
                cancellationToken);
        }

        IReadOnlyList<CustomObjectFieldDefinition> missing = [.. proposal.Fields.Where(field => draft?.FindField(field.Name) is null)];
        if (missing.Count > 0)
        {
            await schema.AddFieldsAsync(proposal.ApiName, missing, cancellationToken);
        }

        await schema.ApproveAsync(proposal.ApiName, cancellationToken);
        await ApprovalWait.UntilUsableAsync(
            marketo.CustomObjects, proposal.ApiName, [.. proposal.Fields.Select(field => field.Name)], time, logger, cancellationToken);
    }
}
