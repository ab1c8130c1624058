namespace MarketoLambda.Cli.NewJobs;

/// <summary>What a person asks for.</summary>
/// <param name="Source">Path of a file, address in a bucket, or name of a connection.</param>
/// <param name="Table">Table or object of the connection; null for a file.</param>
/// <param name="Target">API name of a custom object, or a type of target; null where it is to be made of the source's name.</param>
internal sealed record NewJobWish(string Source, string? Table, string? Target);
