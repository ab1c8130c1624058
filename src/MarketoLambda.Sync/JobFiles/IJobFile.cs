namespace MarketoLambda.Sync.JobFiles;

/// <summary>A job file, wherever it is kept.</summary>
public interface IJobFile
{
    /// <summary>For people.</summary>
    string Address { get; }

    /// <summary>Its text.</summary>
    /// <exception cref="IOException">It is missing or out of reach; the message names the remedy.</exception>
    Task<string> ReadAsync(CancellationToken cancellationToken);

    /// <summary>Puts a text in its place.</summary>
    /// <exception cref="IOException">It cannot be written; the message names the remedy.</exception>
    Task WriteAsync(string text, CancellationToken cancellationToken);
}
