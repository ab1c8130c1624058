using MarketoLambda.Sync.Reading;

namespace MarketoLambda.Sources.Csv;

/// <summary>What a person is told when a whole file cannot be used.</summary>
internal static class CsvRefusal
{
    /// <param name="place">The file, and the row where it goes wrong; row 0 for the file or its header line.</param>
    /// <param name="problem">What is wrong and what is expected; no cell's content.</param>
    /// <param name="cause">For developers, where there is one that shows no content.</param>
    /// <param name="correct">What may be corrected.</param>
    public static SourceException Of(SourceLocation place, string problem, Exception? cause = null, string correct = "the file") =>
        new($"{place} {problem}. Correct {correct} or move it out of the folder: until then it and the files after it wait", cause);
}
