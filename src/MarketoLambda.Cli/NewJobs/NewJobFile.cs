using System.Text;
using MarketoLambda.Cli.Output;
using MarketoLambda.Sync.Guesses;
using MarketoLambda.Sync.JobFiles;
using MarketoLambda.Sync.Jobs;
using MarketoLambda.Sync.Settings;

namespace MarketoLambda.Cli.NewJobs;

/// <summary>The job file that a new job is written into; what stands in it stays as it is.</summary>
internal sealed class NewJobFile
{
    private readonly string _path;
    private readonly IReadOnlyList<ISourceType> _sourceTypes;
    private readonly string? _text;

    /// <param name="path">The file; it need not be there.</param>
    /// <param name="sourceTypes">The sources a job may use.</param>
    public NewJobFile(string path, IReadOnlyList<ISourceType> sourceTypes)
    {
        _path = path;
        _sourceTypes = sourceTypes;
        _text = File.Exists(path) && File.ReadAllText(path) is var text && !string.IsNullOrWhiteSpace(text) ? text : null;
    }

    /// <summary>The name, or one like it that no job of the file has.</summary>
    public string FreeName(string name)
    {
        var taken = Names();
        var free = name;
        for (var i = 2; taken?.Find(free) is not null; i++)
        {
            free = $"{name}-{i}";
        }

        return free;
    }

    /// <summary>Writes the job into the file; where the file could be harmed, prints it instead, and gives false.</summary>
    /// <param name="job">The job.</param>
    /// <param name="from">What it was guessed from.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<bool> AddAsync(GuessedJob job, string from, CancellationToken cancellationToken)
    {
        var text = _text is null
            ? JobText.File(job, $"Written by \"jobs new\" from {from}. Look at what is marked {JobText.Check.Trim()}")
            : JobFileEdit.Add(_text, JobText.Member(job));
        if (text is null || (_text is not null && !KeepsJobs(_text, text, job.Name)))
        {
            Terminal.Error($"{_path} has mistakes, or is written so that nothing can be added safely. Add this to its \"jobs\" by hand:");
            Terminal.Verbatim(JobText.Member(job));
            return false;
        }

        var isMarked = _text is not null
            && (await File.ReadAllBytesAsync(_path, cancellationToken)).AsSpan().StartsWith(Encoding.UTF8.Preamble);
        var beside = $"{_path}.new";
        await File.WriteAllTextAsync(beside, text, new UTF8Encoding(isMarked), cancellationToken);
        File.Move(beside, _path, overwrite: true);
        return true;
    }

    private JobNames? Names()
    {
        try
        {
            return _text is null ? null : JobFile.Names(_text, _path);
        }
        catch (JobFileException)
        {
            return null; // which is told when it is written
        }
    }

    /// <summary>All jobs that were in the file are in it as they were, and one more.</summary>
    private bool KeepsJobs(string before, string after, string added)
    {
        try
        {
            var known = JobFile.Parse(before, _path, _sourceTypes);
            var now = JobFile.Parse(after, _path, _sourceTypes);
            return now.Count == known.Count + 1
                && now[^1].Name == added
                && known.Zip(now).All(pair => pair.First.Name == pair.Second.Name && pair.First.Definition == pair.Second.Definition);
        }
        catch (JobFileException)
        {
            return false;
        }
    }
}
