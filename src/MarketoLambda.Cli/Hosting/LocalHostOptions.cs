namespace MarketoLambda.Cli.Hosting;

/// <summary>Choices that only exist on a workstation.</summary>
internal sealed class LocalHostOptions
{
    public const string Section = "Sync";

    /// <summary>Where deployed functions read their job file, for <c>jobs push</c> and <c>jobs pull</c>. Default none.</summary>
    public string JobsFile { get; set; } = "";

    /// <summary>Folder of the rejected records, one file a job; relative to the job file. Default none: they are kept in Marketo.</summary>
    public string RejectsFolder { get; set; } = "";

    /// <summary>Bucket of the rejected records, <c>s3://bucket/prefix/</c>; goes before the folder. Default none.</summary>
    public string RejectsBucket { get; set; } = "";
}
