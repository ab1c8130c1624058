using System.Text.Json;
using MarketoLambda.Sync.Jobs;
using MarketoLambda.Sync.Settings;
using MarketoLambda.Sync.Sources;
using MarketoLambda.Sync.Targets;
using MarketoLambda.Sync.Wording;

namespace MarketoLambda.Sync.JobFiles;

/// <summary>Reads <c>jobs.json</c>: which source fills what in Marketo, field by field.</summary>
public static class JobFile
{
    private const string Example = "example";
    private const string ReplaceExample =
        "marks the file that comes with the program: put your own jobs into it and remove this line, or name your job file with the "
            + "parameter JobsFile";

    /// <summary>Reads all jobs of the file's text.</summary>
    /// <param name="json">JSON; comments and trailing commas are allowed.</param>
    /// <param name="path">Where the text is from: named in messages, and relative folders start beside it.</param>
    /// <param name="sourceTypes">The sources a job may use.</param>
    /// <exception cref="JobFileException">The file has mistakes: all of them, each with its line.</exception>
    public static IReadOnlyList<SyncJob> Parse(string json, string path, IReadOnlyList<ISourceType> sourceTypes)
    {
        JobProblems problems = new(Path.GetDirectoryName(Path.GetFullPath(path)) ?? "");
        var jobs = LocatedJson.Parse(json, problems) is { } root ? Jobs(new JobSection(root, "", problems), sourceTypes) : [];
        return problems.InOrder is { Count: > 0 } mistakes ? throw new JobFileException(Path.GetFileName(path), mistakes) : jobs;
    }

    /// <summary>Only the names of the jobs; whether the jobs are right, whoever runs them tells.</summary>
    /// <exception cref="JobFileException">The text is no JSON, or names no job.</exception>
    public static JobNames Names(string json, string path)
    {
        JobProblems problems = new("");
        var root = LocatedJson.Parse(json, problems);
        if (root?.Find(Example) is { Kind: JsonValueKind.True } example)
        {
            problems.Add(example.Line, $"{Example} {ReplaceExample}");
        }

        IReadOnlyList<string> names = [.. root?.Find("jobs")?.Members.Select(member => member.Name) ?? []];
        if (names.Count == 0 && problems.InOrder.Count == 0)
        {
            problems.Add(1, "the file names no jobs");
        }

        return problems.InOrder is { Count: > 0 } mistakes
            ? throw new JobFileException(Path.GetFileName(path), mistakes)
            : new JobNames(names);
    }

    private static IReadOnlyList<SyncJob> Jobs(JobSection file, IReadOnlyList<ISourceType> sourceTypes)
    {
        HashSet<string> seen = new(StringComparer.OrdinalIgnoreCase);
        List<(SyncJob Job, JobSection Section)> read = [];
        var jobs = file.RequiredSection("jobs");
        foreach (var (apiName, section) in jobs?.Sections() ?? [])
        {
            if (!seen.Add(apiName))
            {
                jobs?.AddError(apiName, "stands here a second time; Marketo's names do not differ by casing");
            }

            if (section is not null)
            {
                read.Add((Job(apiName, section, sourceTypes), section));
            }
        }

        if (jobs is not null && seen.Count == 0)
        {
            file.AddError(
                "jobs",
                "must name at least one job: the API name of a custom object, for example \"implementedProductV1_c\": { … }");
        }

        JobOrderReading.AddErrors(read, [.. seen]);
        if (file.OptionalFlag(Example, otherwise: false))
        {
            file.AddError(Example, ReplaceExample);
        }

        _ = file.OptionalText("$schema");
        file.AddErrorsForOtherNames();
        return [.. read.Select(one => one.Job)];
    }

    private static SyncJob Job(string apiName, JobSection section, IReadOnlyList<ISourceType> sourceTypes)
    {
        var sourceSection = section.RequiredSection("source");
        var nullValues = sourceSection?.OptionalNullValues() ?? [];
        var unwrapsExcelText = sourceSection?.OptionalUnwrapsExcelText();
        var source = sourceSection is null ? null : Source(sourceSection, sourceTypes);
        var target = section.OptionalSection(JobSettings.TargetName) is { } targetSection ? Target(apiName, targetSection) : null;
        if (section.Has(JobSettings.TargetName) && JobNames.MistakeIn(apiName) is { } mistake)
        {
            section.AddError(JobSettings.TargetName, mistake);
        }

        var keys = section.RequiredTexts("key");
        var mapping = section.RequiredSection("fields");
        var fields = mapping is null ? [] : JobFields.Read(mapping).ToList();
        foreach (var key in keys.Where(key => mapping?.Has(key) is false))
        {
            section.AddError("key", $"names \"{key}\", which is not among the fields; add it there with its source column");
        }

        AddErrorForOneKeyForAll(section, keys, fields);
        var job = new SyncJob(apiName, source ?? NoSource.Instance, keys, fields)
        {
            NullValues = nullValues,
            UnwrapsExcelText = unwrapsExcelText,
        };
        job = target is null ? job : job with { Target = target };
        job = JobScheduleReading.Read(section, job with { Definition = DefinitionHash.Compute(section.Json, job) });
        if (section.OptionalSection("rejects") is { } rejects)
        {
            job = job with
            {
                StopAbovePercentRejected = rejects.OptionalInteger(JobSettings.StopAbovePercent),
                RetryRejectsFor = TimeSpan.FromHours(rejects.OptionalInteger(JobSettings.RetryHours)),
            };
            rejects.AddErrorsForOtherNames();
        }

        job = JobOrderReading.Read(section, job);
        section.AddErrorsForOtherNames();
        return job;
    }

    private static void AddErrorForOneKeyForAll(JobSection section, IReadOnlyList<string> keys, IReadOnlyList<FieldMapping> fields)
    {
        var mappings = keys.Select(key => fields.FirstOrDefault(field => field.Field.Equals(key, StringComparison.OrdinalIgnoreCase)))
            .ToList();
        if (mappings.Count > 0 && mappings.TrueForAll(mapping => mapping is { IsNeverEmpty: true }))
        {
            section.AddError(
                "key",
                mappings.TrueForAll(mapping => mapping is { From: FixedValue })
                    ? "is the same for every record, so that each would overwrite the one before; fill it from a column that identifies "
                        + "the record"
                    : "has a \"default\", so that all records without a key would become one; remove it: they are rejected then");
        }
    }

    private static ITarget? Target(string job, JobSection section)
    {
        var name = section.RequiredText("type");
        if (name.Length == 0)
        {
            return null;
        }

        if (TargetTypes.All.FirstOrDefault(type => type.Name.Equals(name, StringComparison.OrdinalIgnoreCase)) is not { } targetType)
        {
            section.AddError("type", $"is \"{name}\", which is no target{NearName.Hint(name, TargetTypes.All.Select(type => type.Name))}");
            return null;
        }

        var target = targetType.Read(section, job);
        section.AddErrorsForOtherNames();
        return target;
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
            section.AddError("type", $"is \"{name}\"; known sources: {string.Join(", ", sourceTypes.Select(type => type.Name))}");
            return null;
        }

        var source = sourceType.Read(section);
        section.AddErrorsForOtherNames();
        return source;
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
