namespace MarketoLambda.Cli.Output;

/// <summary>What was written.</summary>
/// <param name="Job">API name of the imported object.</param>
/// <param name="File">The file; it is not there where nothing could be written.</param>
/// <param name="Written">Rejects in it.</param>
/// <param name="Left">Open rejects that are not.</param>
internal sealed record ExportReport(string Job, string File, int Written, int Left);
