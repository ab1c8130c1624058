
namespace MarketoLambda.Sync.Sources;

/// <summary>A source of files, of which a person can say which are finished.</summary>
public interface IFileSource : ISource
{
    /// <summary>Marks every file whose name sorts before <paramref name="before"/> as finished. Nothing of it is imported.</summary>
    /// <exception cref="SourceException">The files cannot be listed or read.</exception>
    Task<ForgottenFiles> ForgetAsync(ReadRequest request, string before, CancellationToken cancellationToken);

    /// <summary>The file that is read last by its name, finished or not; null where there is none, or nobody can tell.</summary>
    /// <exception cref="SourceException">The files cannot be listed.</exception>
    Task<SeenFile?> FindNewestAsync(CancellationToken cancellationToken) => Task.FromResult<SeenFile?>(null);
}

/// <summary>A file that lies where the job's files are.</summary>
/// <param name="Name">Its name.</param>
/// <param name="SavedAt">When it was written last.</param>
public sealed record SeenFile(string Name, DateTimeOffset SavedAt);

/// <summary>What became of files that a person said are finished.</summary>
/// <param name="Checkpoint">What says so from now on.</param>
/// <param name="Count">Files that were not finished before.</param>
/// <param name="Pending">Files that are left to be imported.</param>
public sealed record ForgottenFiles(Checkpoint Checkpoint, int Count, int Pending);
