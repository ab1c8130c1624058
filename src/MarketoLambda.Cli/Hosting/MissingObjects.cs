using MarketoLambda.Cli.Output;
using MarketoLambda.Marketo.Errors;
using MarketoLambda.Marketo.Schema;
using MarketoLambda.Sync.Jobs;
using MarketoLambda.Sync.Setup;
using MarketoLambda.Sync.Sources;
using Spectre.Console;

namespace MarketoLambda.Cli.Hosting;

/// <summary>Creates custom objects that jobs fill and Marketo does not have, where somebody wants that.</summary>
/// <param name="local">Marketo.</param>
internal sealed class MissingObjects(LocalHost local)
{
    /// <summary>Creates them without being asked to.</summary>
    public bool Creates { get; init; }

    /// <summary>Somebody at a terminal says for each whether it is created.</summary>
    public bool IsAsked { get; init; }

    /// <summary>What fields of them point at.</summary>
    public IReadOnlyDictionary<string, CustomObjectLink> Links { get; init; } = new Dictionary<string, CustomObjectLink>();

    /// <summary>Creates what the job fills; false where it is not wanted, or cannot be done: that is told.</summary>
    public async Task<bool> CreateAsync(SyncJob job, CancellationToken cancellationToken)
    {
        if ((!Creates && !IsAsked) || await ProposeAsync(job, cancellationToken) is not { } proposal)
        {
            return false;
        }

        Show(proposal);
        try
        {
            var setup = local.Get<JobObjectSetup>();
            var mistakes = await setup.FindMistakesAsync(proposal, cancellationToken);
            foreach (var mistake in mistakes)
            {
                Terminal.Error($"  {proposal.ApiName} cannot be created: {mistake}.");
            }

            if (mistakes.Count > 0 || !(Creates || IsWanted(proposal)))
            {
                return false;
            }

            await setup.CreateAsync(proposal, job.Name, cancellationToken);
        }
        catch (Exception refusal) when (refusal is MarketoAuthorizationException or MarketoRequestException)
        {
            Terminal.Error($"The program may not create {proposal.ApiName}: {refusal.Message}");
            return false;
        }

        Terminal.Good($"Created and approved {proposal.ApiName} with {proposal.Fields.Count} fields.");
        return true;
    }

    private async Task<JobObject?> ProposeAsync(SyncJob job, CancellationToken cancellationToken)
    {
        try
        {
            var proposal = await JobObjectSetup.ProposeAsync(job, Links, cancellationToken);
            if (proposal is null)
            {
                Terminal.Warning(
                    $"  What {job.Name} fills cannot be created yet: its source has no rows from which types could be guessed.");
            }

            return proposal;
        }
        catch (SourceException broken)
        {
            Terminal.Error($"  What {job.Name} fills cannot be created: {broken.Message.TrimEnd('.')}.");
            return null;
        }
    }

    private static bool IsWanted(JobObject proposal) =>
        Terminal.People.Prompt(
            new ConfirmationPrompt($"Create and approve {proposal.ApiName} so? Keys, links and types cannot be changed then."));

    private static void Show(JobObject proposal)
    {
        Terminal.Line($"Marketo does not have {proposal.ApiName}. From the rows of the source it would get:");
        Table table = new() { Border = TableBorder.Simple };
        table.AddColumns("API Name", "Display Name", "Type", "");
        foreach (var field in proposal.Fields)
        {
            var role = field.IsDedupeField ? "Dedupe Field" : field.RelatedTo is { } link ? $"to {link.Name}.{link.Field}" : "";
            table.AddRow(new Text(field.Name), new Text(field.DisplayName), new Text(field.DataType), new Text(role));
        }

        Terminal.People.Write(table);
    }
}
