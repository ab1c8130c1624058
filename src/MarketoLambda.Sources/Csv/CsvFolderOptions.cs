using System.Text;
using MarketoLambda.Sources.Files;
using MarketoLambda.Sync.Sources;
using MarketoLambda.Sync.Values;

namespace MarketoLambda.Sources.Csv;

/// <summary>Which CSV files are read, and how they are to be understood.</summary>
public sealed record CsvFolderOptions
{
    public const int DefaultSettleSeconds = CommonSettings.SettleSecondsOnDisk;

    /// <summary>Most that <see cref="SettleTime"/> may be, in seconds.</summary>
    public const int MaxSettleSeconds = CommonSettings.MaxSettleSeconds;

    /// <summary>Default of <see cref="Patterns"/>.</summary>
    public static IReadOnlyList<string> DefaultPatterns { get; } = ["*.csv", "*.csv.gz"];

    /// <summary>Names to read, with <c>*</c> and <c>?</c>, in upper or lower case. Default <c>*.csv</c> and <c>*.csv.gz</c>.</summary>
    public IReadOnlyList<string> Patterns { get; init; } = DefaultPatterns;

    /// <summary>How the rows are written. Default as RFC 4180 has it.</summary>
    public CsvDialect Dialect { get; init; } = new();

    /// <summary>What holds where a file itself does not tell; invalid bytes are never replaced. Default UTF-8.</summary>
    public Encoding Encoding { get; init; } = FileText.StrictUtf8;

    /// <summary>How numbers and times are written. Default invariant, times without offset in UTC.</summary>
    public SourceConventions Conventions { get; init; } = SourceConventions.Invariant;

    /// <summary>Column with the time of each row's last change; rows below the mark are skipped. Default none: every row is read.</summary>
    public string? CursorColumn { get; init; }

    /// <summary>How the cursor is written. Default none: ISO 8601, and the culture's own order.</summary>
    public TimeFormats? CursorFormat { get; init; }

    /// <summary>Cursors that stand for none. Default none.</summary>
    public IReadOnlyList<string> NullValues { get; init; } = [];

    /// <summary>The cursor may be written for Excel, as <c>="2026-01-31"</c>.</summary>
    public bool UnwrapsExcelText { get; init; }

    /// <summary>
    /// A file changed more recently than this may still be growing; it and the files after it wait. 0 to 1 hour; on disk 10 s by default.
    /// </summary>
    public TimeSpan SettleTime { get; init; } = TimeSpan.FromSeconds(DefaultSettleSeconds);

    /// <summary>What people expect of the folder, and what becomes of its files.</summary>
    public FolderHabits Files { get; init; } = new();
}
