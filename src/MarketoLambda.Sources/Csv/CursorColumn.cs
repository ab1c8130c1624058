using MarketoLambda.Sync.Reading;

namespace MarketoLambda.Sources.Csv;

/// <summary>The column that tells when a row was last changed.</summary>
/// <param name="Name">Its name in the header.</param>
/// <param name="Format">.NET format; null for ISO 8601 and the forms of the culture.</param>
/// <param name="Conventions">Culture and zone of its times.</param>
internal sealed record CursorColumn(string Name, string? Format, SourceConventions Conventions)
{
    /// <summary>What is said of a cell that is no time.</summary>
    public string Complaint =>
        $"\"{Name}\" is not a time " + (Format is null ? "in ISO 8601; set \"cursorFormat\" if it is written in another form" : $"in the form {Format}");

    /// <summary>The column these options name; null where there is none.</summary>
    public static CursorColumn? Of(CsvFolderOptions options) =>
        options.CursorColumn is { } name ? new(name, options.CursorFormat, options.Conventions) : null;
}
