using MarketoLambda.Sync.Sources;
using MarketoLambda.Sync.Values;

namespace MarketoLambda.Sources.Files;

/// <summary>Which files are read, and how the values in them are to be understood, whatever kind they are.</summary>
internal sealed record CommonOptions(IReadOnlyList<string> Patterns)
{
    /// <summary>How numbers and times are written. Default invariant, times without offset in UTC.</summary>
    public SourceConventions Conventions { get; init; } = SourceConventions.Invariant;

    /// <summary>Column with the time of each row's last change; null where every row is read.</summary>
    public string? CursorColumn { get; init; }

    /// <summary>How the cursor is written; null for ISO 8601 and the culture's own order.</summary>
    public TimeFormats? CursorFormat { get; init; }

    /// <summary>Values that stand for nothing.</summary>
    public IReadOnlyList<string> NullValues { get; init; } = [];

    /// <summary>The cursor may be written for Excel, as <c>="2026-01-31"</c>.</summary>
    public bool UnwrapsExcelText { get; init; }

    /// <summary>A file changed more recently than this may still be growing.</summary>
    public TimeSpan SettleTime { get; init; }

    /// <summary>What people expect of the folder, and what becomes of its files.</summary>
    public FolderHabits Files { get; init; } = new();

    /// <summary>The same, with what is in the files.</summary>
    public FolderOptions With(IFileFormat format) => new(new FileSelection(Patterns), format)
    {
        Cursor = CursorColumn is { } column
            ? new CursorColumn(column, CursorFormat, Conventions) { NullValues = NullValues, UnwrapsExcelText = UnwrapsExcelText }
            : null,
        SettleTime = SettleTime,
        Habits = Files,
    };
}
