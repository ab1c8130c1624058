namespace MarketoLambda.Sources.Csv;

/// <summary>Where the row ends that was being read cannot be told.</summary>
/// <param name="problem">Why.</param>
/// <param name="hasNul">A NUL was seen in it.</param>
internal sealed class CsvFormatException(CsvFormatProblem problem, bool hasNul = false) : Exception
{
    public CsvFormatProblem Problem => problem;

    public bool HasNul => hasNul;
}

/// <summary>Why it cannot be told where a row ends.</summary>
internal enum CsvFormatProblem
{
    /// <summary>A quoted cell has no closing quote.</summary>
    Unclosed,

    /// <summary>A quoted cell goes on after its closing quote, and over the end of its line.</summary>
    Misquoted,

    /// <summary>Rows end in more than one way.</summary>
    MixedLineEnds,

    /// <summary>An escape stands before CR and LF: one of them, or both, may be part of the cell.</summary>
    EscapedLineEnd,

    /// <summary>A row is longer than any may be.</summary>
    TooLong,
}
