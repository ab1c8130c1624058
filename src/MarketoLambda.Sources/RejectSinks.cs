using MarketoLambda.Sources.S3;
using MarketoLambda.Sync.Rejects;

namespace MarketoLambda.Sources;

/// <summary>Where rejects go that are not kept in Marketo.</summary>
public static class RejectSinks
{
    /// <summary>The sink that settings choose; null where they choose none.</summary>
    /// <param name="bucket">Setting <c>Sync__RejectsBucket</c>; goes before the folder.</param>
    /// <param name="folder">Setting <c>Sync__RejectsFolder</c>.</param>
    /// <param name="time">The clock.</param>
    /// <param name="inFolder">Opens a folder, in the way of the host.</param>
    /// <exception cref="FormatException">The bucket's address is none.</exception>
    public static IRejectSink? Choose(string? bucket, string? folder, TimeProvider time, Func<string, IRejectSink> inFolder) =>
        !string.IsNullOrWhiteSpace(bucket) ? BucketRejects.At(bucket, time)
        : !string.IsNullOrWhiteSpace(folder) ? inFolder(folder)
        : null;
}
