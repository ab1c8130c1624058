namespace MarketoLambda.Cli.Hosting;

/// <summary>Choices that only exist at a desk.</summary>
internal sealed class DeskOptions
{
    public const string Section = "Sync";

    /// <summary>Folder of the rejected records, one file a job; relative to the job file. Outages are remembered beside it. Default <c>rejects</c>.</summary>
    public string RejectsFolder { get; set; } = "rejects";

    /// <summary>A bucket for the rejected records instead of that folder: <c>s3://bucket/prefix/</c>. Default none.</summary>
    public string? RejectsBucket { get; set; }
}
