using MarketoLambda.Sync.JobFiles;

namespace MarketoLambda.Sources.JobFiles;

/// <summary>A job file on disk, such as the one that is packaged with a function.</summary>
internal sealed class LocalJobFile(string path) : IJobFile
{
    public string Address => path;

    public Task<string> ReadAsync(CancellationToken cancellationToken) => File.Exists(path)
        ? Task.FromResult(JobFileText.Decode(File.ReadAllBytes(path), path)) // a few kilobytes
        : Task.FromException<string>(new IOException($"There is no job file {path}: correct {JobFilePlaces.Setting}."));

    public Task WriteAsync(string text, CancellationToken cancellationToken) => File.WriteAllTextAsync(path, text, cancellationToken);
}
