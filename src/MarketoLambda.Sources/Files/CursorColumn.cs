using MarketoLambda.Sync.Sources;
using MarketoLambda.Sync.Values;

namespace MarketoLambda.Sources.Files;

/// <summary>The column that tells when a row was last changed.</summary>
/// <param name="Name">Its name in the header.</param>
/// <param name="Format">How its times are written; null for ISO 8601 and the culture's own order.</param>
/// <param name="Conventions">Culture and zone of its times.</param>
internal sealed record CursorColumn(string Name, TimeFormats? Format, SourceConventions Conventions)
{
    /// <summary>Cells that stand for no cursor, beside empty ones.</summary>
    public IReadOnlyList<string> NullValues { get; init; } = [];

    /// <summary>A time may be written for Excel, as <c>="2026-01-31"</c>.</summary>
    public bool UnwrapsExcelText { get; init; }

    public bool IsEmpty(string cell) => string.IsNullOrWhiteSpace(cell) || NullValues.Contains(cell.Trim(), StringComparer.Ordinal);

    /// <summary>What is said of a cell that is no time.</summary>
    public string ComplaintOf(string cell) => SourceInstant.IsLeftOut(cell, Format, Conventions)
        ? $"\"{Name}\" is not a time that exists in {Conventions.TimeZone.Id}: "
            + "it is in the hour that the change of clocks in spring leaves out there"
        : $"\"{Name}\" is not a time{ExpectedTime.Describe(Format, Conventions, hasTime: true)}"
        + (Format is null ? "; set \"cursorFormat\" if it is written in another form" : ExpectedTime.Hint(cell, Format, Conventions));
}
