using MarketoLambda.Sync.Reading;

namespace MarketoLambda.Sync.Jobs;

/// <summary>Makes a source from its section of the job file.</summary>
public interface ISourceType
{
    /// <summary>The <c>type</c> that chooses it, for example <c>csv</c>.</summary>
    string Name { get; }

    /// <summary>Reads the section and reports every mistake in it; what is returned after a mistake is never used.</summary>
    ISource Read(JobSection section);
}
