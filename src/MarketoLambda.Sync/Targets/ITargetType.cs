using MarketoLambda.Sync.Settings;

namespace MarketoLambda.Sync.Targets;

/// <summary>Makes a target from its section of the job file.</summary>
public interface ITargetType
{
    /// <summary>The <c>type</c> that chooses it, for example <c>customObject</c>.</summary>
    string Name { get; }

    /// <summary>What it fills, in one sentence.</summary>
    string Description { get; }

    /// <summary>Every setting that <see cref="Read"/> asks for, without <c>type</c>: the schema of the section.</summary>
    IReadOnlyList<Setting> Settings { get; }

    /// <summary>Reads the section and reports every mistake in it; what is returned after a mistake is never used.</summary>
    /// <param name="section">The section.</param>
    /// <param name="job">The job's name.</param>
    ITarget Read(JobSection section, string job);
}
