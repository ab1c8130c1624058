using System.Collections.Frozen;
using MarketoLambda.Marketo.Errors;
using MarketoLambda.Sync.Mapping;

namespace MarketoLambda.Sync.Rejects;

/// <summary>What the codes of rejects mean and what to do, for somebody in marketing.</summary>
/// <remarks>Marketo's codes are explained by the table of the Marketo project; these are our own.</remarks>
public static class RejectCodes
{
    private const string ByHand = "Correct the row in the source, so that it comes again.";

    private static readonly FrozenDictionary<string, string> Own = new Dictionary<string, string>
    {
        ["wrong-type"] = "A value is not what its field holds, or is written in another form. Correct it in the source; or say in the job "
            + "file how it is written (\"format\", \"culture\", \"map\"), and try the reject again.",
        ["too-long"] = "A value is longer than its field in Marketo. Shorten it in the source, or map the column to a longer field.",
        ["not-in-map"] = "A value is none of those that \"map\" in the job file names. Add it there, and try the reject again.",
        ["missing-key"] = $"The row says not which record it is: its key is empty. {ByHand}",
        ["invalid-text"] = $"The text holds characters that are none, often because \"encoding\" is wrong in the job file. {ByHand}",
        ["cell-error"] = $"The cell holds an error of Excel, such as #REF!, in place of a value. {ByHand}",
        ["cell-too-long"] = $"A cell is longer than anything Marketo takes; often a quote is missing before it. {ByHand}",
        ["line-too-long"] = $"The line is longer than anything Marketo takes; often a line break is missing. {ByHand}",
        ["ragged-row"] = $"The row has more or fewer cells than the header; often a delimiter stands in a value without quotes. {ByHand}",
        ["misquoted"] = $"A quote is opened and not closed, or stands in the middle of a value. {ByHand}",
        ["wrong-cursor"] = $"The row says not when it was changed, so it cannot be put in order. {ByHand}",
        ["not-json"] = $"The line is no JSON. {ByHand}",
        ["not-an-object"] = $"The line is JSON, but no record. {ByHand}",
        ["repeated-property"] = $"The record names a property twice. {ByHand}",
        ["wrong-shape"] = $"A value is a list or a record of its own, where one value is expected. {ByHand}",
        ["too-large"] = $"The record alone is larger than Marketo takes at once. Shorten its texts in the source.",
        ["key-changed"] = "The job file gives the record another key than before, so it is not known what is newer. Import it from the "
            + "source again.",
        ["unreadable-payload"] = "Somebody has changed what was kept of the record. Import it from the source again.",
        [RejectedRecord.UnknownOutcome] = "It was sent, and nobody knows whether Marketo has it, so it is not sent again. Look in the "
            + "person's activity log: dismiss the reject if it is there, else retry it by its number.",
        ["not-deletable"] = "Marketo cannot delete activities. Dismiss the reject, and have the source leave deleted records out.",
        ["skipped"] = "Marketo did not take the record, and gave no reason. Try it again.",
        ["refused"] = "Marketo refused the whole call. Try it again; if it stays, look at the reason.",
    }.ToFrozenDictionary();

    /// <summary>Whole sentences; null for a code that nobody has explained.</summary>
    /// <param name="code">Marketo's, or a name of ours.</param>
    public static string? Explain(string code) =>
        Own.GetValueOrDefault(code)
        ?? (MarketoErrorCatalog.Find(code) is var error && error != MarketoErrorCatalog.Unknown ? error.InPlainWords : null);

    /// <summary>The codes that a reject has: Marketo may give several.</summary>
    public static IEnumerable<string> Split(string code) => code.Split('+');

    /// <summary>The reason without what <see cref="Explain"/> says anyway.</summary>
    public static string ShortReason(RejectRow row) =>
        Split(row.Code).Aggregate(row.Reason, (reason, code) => reason.Replace(
            $": {MarketoErrorCatalog.Find(code).Remedy}", "", StringComparison.Ordinal));
}
