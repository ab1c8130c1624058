using System.Globalization;
using MarketoLambda.Sync.Sources;

namespace MarketoLambda.Sync.Rejects;

/// <summary>What names a reject in a file that corrects it: its number, and where its record stands.</summary>
/// <remarks>The place is there so that no other reject is meant where numbers begin anew, or the file is dropped for another job.</remarks>
public static class RejectMark
{
    /// <summary>Name of the column that holds it.</summary>
    public const string Column = "Reject";

    /// <summary>Columns beside it, for people.</summary>
    public const string CodeColumn = "Reject Code";

    /// <inheritdoc cref="CodeColumn"/>
    public const string ReasonColumn = "Reject Reason";

    /// <summary>All of them: a file that has these is one of corrected rejects.</summary>
    public static IReadOnlyList<string> Columns { get; } = [Column, CodeColumn, ReasonColumn];

    public static string Create(long number, SourceLocation place) =>
        string.Create(CultureInfo.InvariantCulture, $"{number}: {place.Container} {place.Row}");

    /// <summary>The number in a mark; null where it is none.</summary>
    public static long? NumberIn(string mark) => Read(mark)?.Number;

    /// <summary>Where the rejected version stands; null where the text is no mark.</summary>
    public static SourceLocation? PlaceIn(string mark) => Read(mark)?.Place;

    private static (long Number, SourceLocation Place)? Read(string mark)
    {
        var (colon, blank) = (mark.IndexOf(':', StringComparison.Ordinal), mark.LastIndexOf(' '));
        return colon > 0 && blank > colon + 1 && mark[colon + 1] == ' '
            && long.TryParse(mark.AsSpan(0, colon), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && long.TryParse(mark.AsSpan(blank + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var row)
            ? (number, new SourceLocation(mark[(colon + 2)..blank], row))
            : null;
    }
}
