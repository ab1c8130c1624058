using MarketoLambda.Cli.Hosting;
using MarketoLambda.Cli.Output;
using MarketoLambda.Sync.Settings;

namespace MarketoLambda.Cli.Watching;

/// <summary>Sees that the job file has changed, and reads it anew.</summary>
/// <param name="path">The job file.</param>
/// <param name="read">Reads the jobs that are to be watched.</param>
internal sealed class JobFileChanges(string path, Func<IReadOnlyList<WatchedJob>> read)
{
    private byte[] _seen = LocalHost.ReadBytes(path);

    /// <summary>
    /// The jobs, where the file has changed; null where it has not, or has mistakes. These are told once, and the jobs go on as they were.
    /// </summary>
    public IReadOnlyList<WatchedJob>? Read()
    {
        try
        {
            var now = File.ReadAllBytes(path);
            if (now.AsSpan().SequenceEqual(_seen))
            {
                return null;
            }

            _seen = now;
            var jobs = read();
            Terminal.Line($"{path} has changed, and counts from now on:");
            return jobs;
        }
        catch (Exception mistake) when (mistake is JobFileException or WrongInputException)
        {
            Terminal.Error($"{path} has changed, and cannot be used as it is; the jobs go on as they were. {mistake.Message}");
            return null;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return null; // somebody is writing it: the next look finds it
        }
    }
}
