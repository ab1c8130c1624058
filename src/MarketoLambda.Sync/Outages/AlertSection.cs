namespace MarketoLambda.Sync.Outages;

/// <summary>A part of an alert.</summary>
/// <param name="Heading">A few words.</param>
/// <param name="Lines">Sentences, each a line or paragraph of its own.</param>
public sealed record AlertSection(string Heading, IReadOnlyList<string> Lines);
