namespace MarketoLambda.Sources.Tests.Csv;

/// <summary>A file as a real program writes it, and what is in Marketo after it was imported.</summary>
/// <param name="What">What is special about it; the name of its test.</param>
internal sealed record RealFile(string What)
{
    /// <summary>Its bytes, each as a character of U+0000 to U+00FF.</summary>
    public required string File { get; init; }

    /// <summary>What the source's settings in the job file say more, with a comma before it.</summary>
    public string Settings { get; init; } = "";

    /// <summary>The records of Marketo, as key=note.</summary>
    public IReadOnlyList<string> Records { get; init; } = [];

    /// <summary>The stored rejects, as place and code.</summary>
    public IReadOnlyList<string> Rejects { get; init; } = [];

    /// <summary>A part of the error or of a notice; empty where the run has neither.</summary>
    public string Message { get; init; } = "";
}
