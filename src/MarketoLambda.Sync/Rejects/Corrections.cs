using MarketoLambda.Sync.Sources;

namespace MarketoLambda.Sync.Rejects;

/// <summary>What is said of rows that correct rejects, and are not sent.</summary>
public static class Corrections
{
    private const string Remedy = "to import it as a row like any other, empty its cell under \"" + RejectMark.Column + "\"";

    /// <summary>The reject is not open any more.</summary>
    public static SourceNotice Late(SourceRecord row) => Notice(
        row, "correction-late", $"the row that corrects {Named(row)} was not sent: that reject is over, held back or not known");

    /// <summary>The reject told nothing of its key, and the key is in a row behind it.</summary>
    public static SourceNotice Older(SourceRecord row) => Notice(
        row, "correction-older", $"the row that corrects {Named(row)} was not sent: a later row of the source has the key that it has now");

    /// <summary>The same, but what is behind it is gone.</summary>
    public static SourceNotice Unclear(SourceRecord row) =>
        Notice(
            row,
            "correction-unclear",
            $"the row that corrects {Named(row)} was not sent: it has another key than that, and not all files behind that one are here "
                + "any more, "
                + "so it cannot be told whether they have a newer version of the record");

    // Somebody may have written anything there.
    private static string Named(SourceRecord row) =>
        RejectMark.NumberIn(row.Corrects ?? "") is { } number ? $"reject {number}" : "no known reject";

    private static SourceNotice Notice(SourceRecord row, string code, string message) => new(row.Location, code, $"{message}; {Remedy}");
}
