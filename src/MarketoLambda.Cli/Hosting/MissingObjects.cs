using MarketoLambda.Cli.Output;
using MarketoLambda.Marketo.Errors;
using MarketoLambda.Marketo.Schema;
using MarketoLambda.Sync.Jobs;
using MarketoLambda.Sync.Setup;
using MarketoLambda.Sync.Sources;
using MarketoLambda.Sync.State.Tables;
using MarketoLambda.Sync.Wording;
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

    /// <summary>Most custom object types of the subscription.</summary>
    public int TypeLimit { get; init; } = CustomObjectLimits.Types;

    /// <summary>Looks whether everything fits and links can be made, before anything is created.</summary>
    /// <param name="kept">What the program keeps in Marketo.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="WrongInputException">It does not, and what jobs fill is to be created; or a link is nobody's.</exception>
    public async Task CheckAsync(IEnumerable<StateTable> kept, CancellationToken cancellationToken)
    {
        CheckLinks();
        var own = kept.Select(table => table.ApiName);
        IEnumerable<string> filled = Creates ? local.Jobs.Select(job => job.Target.ApiName).OfType<string>() : [];
        if (await local.Get<JobObjectSetup>().FindObstacleAsync([.. own, .. filled], TypeLimit, cancellationToken) is not { } obstacle)
        {
            return;
        }

        if (Creates)
        {
            throw new WrongInputException($"Nothing was created. {obstacle}");
        }

        Terminal.Warning(obstacle);
    }

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
            var mistakes = await setup.FindMistakesAsync(proposal, TypeLimit, cancellationToken);
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
        catch (MarketoException refusal) when (refusal.IsRefusal)
        {
            Terminal.Error($"The program may not create {proposal.ApiName}: {refusal.Message}");
            return false;
        }

        Terminal.Good($"Created and approved {proposal.ApiName} with {proposal.Fields.Count} fields.");
        return true;
    }

    private void CheckLinks()
    {
        if (Links.Count > 0 && !Creates && !IsAsked)
        {
            throw new WrongInputException("--link is about objects that are created: give it together with --create-objects.");
        }

        List<string> fields =
            [.. local.Jobs.SelectMany(job => job.Fields).Select(field => field.Field).Distinct(StringComparer.OrdinalIgnoreCase)];
        if (Links.Keys.FirstOrDefault(link => !fields.Contains(link, StringComparer.OrdinalIgnoreCase)) is { } unknown)
        {
            throw new WrongInputException(
                $"--link {unknown}=… links nothing: no job fills a field {unknown}{NearName.Instead(unknown, fields, "fields")}.");
        }
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
        TypedLines.AtTerminal(StopSignals.StopRequested).Agrees(
            $"Create and approve {proposal.ApiName} so? Keys, links and types cannot be changed then.", Terminal.Line);

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
