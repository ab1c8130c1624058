using MarketoLambda.Sync.Reading;

namespace MarketoLambda.Sync.Jobs;

/// <summary>Reads <c>jobs.json</c>: which source fills which custom object, field by field.</summary>
public static class JobFile
{
    /// <summary>Reads all jobs of the file's text.</summary>
    /// <param name="json">JSON; comments and trailing commas are allowed.</param>
    /// <param name="path">Where the text is from: named in messages, and relative folders start beside it.</param>
    /// <param name="sourceTypes">The sources a job may use.</param>
    /// <exception cref="JobFileException">The file has mistakes: all of them, each with its line.</exception>
    public static IReadOnlyList<SyncJob> Parse(string json, string path, IReadOnlyList<ISourceType> sourceTypes)
    {
        JobProblems problems = new(Path.GetDirectoryName(Path.GetFullPath(path)) ?? "");
        var jobs = LocatedJson.Parse(json, problems) is { } root ? Jobs(new JobSection(root, "", problems), sourceTypes).ToList() : [];
        return problems.InOrder is { Count: > 0 } mistakes ? throw new JobFileException(Path.GetFileName(path), mistakes) : jobs;
    }

    private static IEnumerable<SyncJob> Jobs(JobSection file, IReadOnlyList<ISourceType> sourceTypes)
    {
        HashSet<string> seen = new(StringComparer.OrdinalIgnoreCase);
        var jobs = file.RequiredSection("jobs");
        foreach (var (apiName, section) in jobs?.Sections() ?? [])
        {
            if (!seen.Add(apiName))
            {
                jobs?.Refuse(apiName, "stands here a second time; Marketo's names do not differ by casing");
            }

            if (section is not null)
            {
                yield return Job(apiName, section, sourceTypes);
            }
        }

        if (jobs is not null && seen.Count == 0)
        {
            file.Refuse("jobs", "must name at least one job: the API name of a custom object, for example \"implementedProductV1_c\": { … }");
        }

        _ = file.OptionalText("$schema");
        file.RefuseOtherNames();
    }

    private static SyncJob Job(string apiName, JobSection section, IReadOnlyList<ISourceType> sourceTypes)
    {
        var source = section.RequiredSection("source") is { } sourceSection ? Source(sourceSection, sourceTypes) : null;
        var keys = section.RequiredTexts("key");
        var mapping = section.RequiredSection("fields");
        var fields = mapping is null ? [] : Fields(mapping).ToList();
        foreach (var key in keys.Where(key => mapping?.Has(key) is false))
        {
            section.Refuse("key", $"names \"{key}\", which is not among the fields; add it there with its source column");
        }

        var job = new SyncJob(apiName, source ?? NoSource.Instance, keys, fields);
        if (section.OptionalSection("rejects") is { } rejects)
        {
            job = job with
            {
                StopAbovePercentRejected = rejects.OptionalInteger("stopAbovePercent", least: 0, most: 100, job.StopAbovePercentRejected),
                RetryRejectsFor = TimeSpan.FromHours(rejects.OptionalInteger("retryHours", least: 0, most: 720, (int)job.RetryRejectsFor.TotalHours)),
            };
            rejects.RefuseOtherNames();
        }

        section.RefuseOtherNames();
        return job;
    }

    private static ISource? Source(JobSection section, IReadOnlyList<ISourceType> sourceTypes)
    {
        var name = section.RequiredText("type");
        if (name.Length == 0)
        {
            return null;
        }

        if (sourceTypes.FirstOrDefault(type => type.Name.Equals(name, StringComparison.OrdinalIgnoreCase)) is not { } sourceType)
        {
            section.Refuse("type", $"is \"{name}\"; known sources: {string.Join(", ", sourceTypes.Select(type => type.Name))}");
            return null;
        }

        var source = sourceType.Read(section);
        section.RefuseOtherNames();
        return source;
    }

    private static IEnumerable<FieldMapping> Fields(JobSection section)
    {
        HashSet<string> seen = new(StringComparer.OrdinalIgnoreCase);
        foreach (var (field, _, column, details) in section.Members())
        {
            if (!seen.Add(field))
            {
                section.Refuse(field, "is mapped a second time; Marketo's field names do not differ by casing");
            }

            if (details is not null)
            {
                yield return Field(field, details);
            }
            else if (column is not null)
            {
                yield return new FieldMapping(field, column);
            }
        }
    }

    private static FieldMapping Field(string field, JobSection details)
    {
        var column = details.RequiredText("from");
        var format = details.OptionalText("format");
        var emptyText = details.OptionalText("empty", "omit");
        if (!Enum.TryParse<EmptyValue>(emptyText, ignoreCase: true, out var empty))
        {
            details.Refuse("empty", "must be \"omit\" (Marketo keeps its value) or \"clear\" (Marketo's value is emptied)");
        }

        details.RefuseOtherNames();
        return new FieldMapping(field, column, format, empty);
    }

    /// <summary>Stands in for a source with mistakes, so that the rest of the job is still checked.</summary>
    private sealed class NoSource : ISource
    {
        public static NoSource Instance { get; } = new();

        public string Description => "no source";

        public SourceConventions Conventions => SourceConventions.Invariant;

        public Task<ISourceReader> OpenAsync(ReadRequest request, CancellationToken cancellationToken) =>
            throw new InvalidOperationException("A job file with mistakes was used.");
    }
}
