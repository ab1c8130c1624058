using MarketoLambda.Sync.Sources;
using MarketoLambda.Sync.Wording;

namespace MarketoLambda.Sync.Rejects;

/// <summary>Rejects that have waited in vain.</summary>
/// <param name="Count">How many.</param>
/// <param name="First">Where the first of them stands in its source.</param>
internal sealed record GivenUpRejects(long Count, SourceLocation First)
{
    /// <summary>Tells a person, who has to do something now.</summary>
    /// <param name="job">The job's name.</param>
    public SourceNotice Notice(string job) => new(
        First,
        "given-up",
        $"{Quantity.Format(Count, "record")} waited in vain for the person or record that {(Count == 1 ? "it names" : "they name")}, and "
            + $"{(Count == 1 ? "is" : "are")} not tried again by {(Count == 1 ? "itself" : "themselves")} any more: "
            + $"\"marketo-lambda rejects list {job}\" shows why; import what is missing, then \"rejects retry {job}\"");
}
