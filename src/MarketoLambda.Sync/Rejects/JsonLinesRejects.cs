using MarketoLambda.Sync.Mapping;
namespace MarketoLambda.Sync.Rejects;

/// <summary>Appends rejects to <c>&lt;folder&gt;/&lt;API name&gt;.jsonl</c>, one JSON object a line, flushed to disk.</summary>
public sealed class JsonLinesRejects(string folder, TimeProvider time) : IRejectSink
{
    public string Describe(string apiName) => Path.Combine(folder, $"{apiName}.jsonl");

    public Task StoreAsync(string apiName, IReadOnlyList<RejectedRecord> rejects, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(folder);
        using FileStream file = new(Describe(apiName), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read);
        EndLine(file);
        file.Write(RejectLines.Write(rejects, time.GetUtcNow()));
        file.Flush(flushToDisk: true);
        return Task.CompletedTask;
    }

    /// <summary>Goes to the end, and ends a line that a crash cut short, so that it does not swallow the next one.</summary>
    private static void EndLine(FileStream file)
    {
        if (file.Length == 0)
        {
            return;
        }

        file.Seek(-1, SeekOrigin.End);
        if (file.ReadByte() != '\n')
        {
            file.WriteByte((byte)'\n');
        }
    }
}
