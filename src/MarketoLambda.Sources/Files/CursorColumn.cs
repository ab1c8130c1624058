using MarketoLambda.Sync.Reading;

namespace MarketoLambda.Sources.Files;

/// <summary>The column that tells when a row was last changed.</summary>
/// <param name="Name">Its name in the header.</param>
/// <param name="Format">.NET format; null for ISO 8601 and the forms of the culture.</param>
/// <param name="Conventions">Culture and zone of its times.</param>
internal sealed record CursorColumn(string Name, string? Format, SourceConventions Conventions)
{
    /// <summary>What is said of a cell that is no time.</summary>
    public string Complaint =>
        $"\"{Name}\" is not a time " + (Format is null ? "in ISO 8601; set \"cursorFormat\" if it is written in another form" : $"in the form {Format}");
}
