using MarketoLambda.Sync.Settings;
using MarketoLambda.Sync.Sources;

namespace MarketoLambda.Sync.JobFiles;

/// <summary>Makes a source from its section of the job file.</summary>
public interface ISourceType
{
    /// <summary>The <c>type</c> that chooses it, for example <c>csv</c>.</summary>
    string Name { get; }

    /// <summary>What it reads, in one sentence.</summary>
    string Description { get; }

    /// <summary>Every setting that <see cref="Read"/> asks for, without <c>type</c>: the schema of the section.</summary>
    IReadOnlyList<Setting> Settings { get; }

    /// <summary>Reads the section and reports every mistake in it; what is returned after a mistake is never used.</summary>
    ISource Read(JobSection section);
}
