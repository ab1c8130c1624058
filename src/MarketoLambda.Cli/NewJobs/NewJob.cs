using System.Text.Json.Nodes;
using MarketoLambda.Cli.Hosting;
using MarketoLambda.Cli.Output;
using MarketoLambda.Marketo;
using MarketoLambda.Marketo.Records;
using MarketoLambda.Sources;
using MarketoLambda.Sources.Guesses;
using MarketoLambda.Sync.Guesses;
using MarketoLambda.Sync.JobFiles;
using MarketoLambda.Sync.Sources;
using MarketoLambda.Sync.Wording;
using Microsoft.Extensions.Configuration;

namespace MarketoLambda.Cli.NewJobs;

/// <summary>Writes a job for a source, as well as it can be guessed.</summary>
/// <param name="jobsPath">The job file; made where it is missing.</param>
/// <param name="settings">Of the host: Marketo, and connections.</param>
/// <param name="answers">Asked where a guess is open.</param>
internal sealed class NewJob(string jobsPath, IConfiguration settings, IGuessAnswers answers)
{
    private readonly IReadOnlyList<ISourceType> _sourceTypes = SourceTypes.All(settings, TimeProvider.System);

    /// <summary>Looks, guesses and writes.</summary>
    /// <returns>The job; null where it was printed, because the file could not take it.</returns>
    /// <exception cref="WrongInputException">The source is not there, or cannot be read.</exception>
    public async Task<GuessedJob?> WriteAsync(NewJobWish wish, CancellationToken cancellationToken)
    {
        NewJobFile file = new(jobsPath, _sourceTypes);
        try
        {
            var source = await FindSourceAsync(wish, cancellationToken);
            Terminal.Line(
                $"{wish.Source}: {source.Find("format") ?? source.Find("type")}, {Quantity.Format(source.Columns.Count, "column")}"
                + (source.IsDistant || Directory.Exists(wish.Source) ? $"; {source.File} was looked at." : "."));
            var request = await FindTargetAsync(new GuessRequest(NameFor(wish, source), source), wish, file, cancellationToken);
            var job = (request with { Source = source.Sampled }).Parse(jobsPath, _sourceTypes);
            var sample = await SourceSample.ReadAsync(job.Source, source.Columns, cancellationToken);
            Terminal.Line($"{Quantity.Format(sample.Rows, "row")} looked at.");
            var guessed = new JobGuess(request, sample, answers).Find();
            if (!await file.AddAsync(guessed, From(wish, source), cancellationToken))
            {
                return null;
            }

            Tell(guessed);
            return guessed;
        }
        catch (SourceException broken)
        {
            throw new WrongInputException($"{broken.Message.TrimEnd('.')}.");
        }
    }

    private Task<GuessedSource> FindSourceAsync(NewJobWish wish, CancellationToken cancellationToken)
    {
        if (wish.Table is not null)
        {
            return TableGuess.FindAsync(FindConnection(wish), wish.Table, settings, _sourceTypes, answers, cancellationToken);
        }

        if (BucketGuess.IsAddress(wish.Source))
        {
            return BucketGuess.FindAsync(wish.Source, TimeProvider.System, cancellationToken);
        }

        if (Path.Exists(wish.Source))
        {
            var folder = Path.GetDirectoryName(Path.GetFullPath(jobsPath)) ?? "";
            return FileGuess.FindAsync(wish.Source, folder, cancellationToken);
        }

        throw new WrongInputException(
            TableGuess.Connections(settings).FirstOrDefault(name => Is(name, wish.Source)) is { } connection
                ? $"Say what is to be read of {connection}: --table NAME, a table, or an object of Salesforce."
                : MissingSource.Sentence(wish.Source, TableGuess.Connections(settings)));
    }

    private string FindConnection(NewJobWish wish)
    {
        var known = TableGuess.Connections(settings);
        return known.FirstOrDefault(name => Is(name, wish.Source))
            ?? throw new WrongInputException(
                $"The settings have no connection {wish.Source}{NearName.Instead(wish.Source, known, "connections")}. "
                + $"They find it in Connections__{wish.Source}__….");
    }

    /// <summary>What the job was written from, for people.</summary>
    private static string From(NewJobWish wish, GuessedSource source) =>
        wish.Table is { } table ? $"{table} of {wish.Source}"
        : source.IsDistant ? $"{source.File} of s3://{source.Find("bucket")}/{source.Find("prefix")}"
        : source.File ?? wish.Source;

    /// <summary>Where the target is not said, it gets its name from the source.</summary>
    private static string NameFor(NewJobWish wish, GuessedSource source) =>
        wish.Target ?? GuessedNames.ForTarget(wish.Table ?? source.File?.Split('.')[0] ?? wish.Source);

    private async Task<GuessRequest> FindTargetAsync(
        GuessRequest request, NewJobWish wish, NewJobFile file, CancellationToken cancellationToken)
    {
        request = request with { Zone = TimeProvider.System.LocalTimeZone };
        if (wish.Target is { } target && TargetTypes.All.FirstOrDefault(type => Is(type.Name, target)) is { } type)
        {
            return await DescribedAsync(
                request with { Name = file.FreeName(type.Name), Target = new JsonObject { ["type"] = type.Name } }, cancellationToken);
        }

        var found = await DescribedAsync(request, cancellationToken);
        if (found.Description is null && !request.Name.EndsWith(GuessedNames.Suffix, StringComparison.OrdinalIgnoreCase))
        {
            var suffixed = await DescribedAsync(request with { Name = request.Name + GuessedNames.Suffix }, cancellationToken);
            found = suffixed.Description is null ? found : suffixed;
        }

        var apiName = found.Description?.Name ?? found.Name;
        var name = file.FreeName(apiName);
        return found with
        {
            Name = name,
            Target = name == apiName ? null : new JsonObject { ["type"] = TargetTypes.All[0].Name, ["name"] = apiName },
        };
    }

    private async Task<GuessRequest> DescribedAsync(GuessRequest request, CancellationToken cancellationToken)
    {
        if (!LocalHost.NamesMarketo(settings))
        {
            return request;
        }

        var job = request.Parse(jobsPath, _sourceTypes);
        await using var local = LocalHost.Open([job], jobsPath, settings, TimeProvider.System);
        return request with { Description = await DescribeAsync(local) };

        Task<RecordTypeDescription?> DescribeAsync(LocalHost host) =>
            job.Target.Open(host.Get<MarketoClient>()).DescribeAsync(cancellationToken);
    }

    private void Tell(GuessedJob guessed)
    {
        Terminal.Good($"The job {guessed.Name} is in {jobsPath}.");
        if (guessed.UnsureCount > 0)
        {
            Terminal.Warning(
                $"{Quantity.Format(guessed.UnsureCount, "place")} of it should be looked at: they stand there behind "
                + $"\"{JobText.Check.Trim()}\".");
        }

        if (guessed.LeftOut.Count > 0)
        {
            Terminal.Warning($"Columns that go nowhere: {Quantity.List(guessed.LeftOut)}.");
        }

        if (guessed.MatchesNothing)
        {
            Terminal.Error("No column is named like a field of what is filled: is the --target the right one, and the source?");
        }
    }

    private static bool Is(string left, string right) => left.Equals(right, StringComparison.OrdinalIgnoreCase);
}
