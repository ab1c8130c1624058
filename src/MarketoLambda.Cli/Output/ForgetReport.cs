namespace MarketoLambda.Cli.Output;

/// <summary>What became of the wish to mark files as finished.</summary>
/// <param name="Job">API name of the imported object.</param>
/// <param name="IsDone">Marketo acknowledged it.</param>
/// <param name="Before">The first name that is not marked.</param>
/// <param name="Files">Files that were not finished before.</param>
/// <param name="Pending">Files that are left to be imported.</param>
/// <param name="BusyUntil">When the run that kept it away must be over.</param>
internal sealed record ForgetReport(string Job, bool IsDone, string Before, int Files, int Pending, DateTimeOffset? BusyUntil);
