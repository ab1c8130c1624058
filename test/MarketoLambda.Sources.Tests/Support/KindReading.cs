using System.Globalization;
using MarketoLambda.Sources.Excel;
using MarketoLambda.Sources.Files;
using MarketoLambda.Sources.JsonLines;
using MarketoLambda.Sync.Sources;

namespace MarketoLambda.Sources.Tests.Support;

/// <summary>Reads a drop's files as workbooks or as JSON lines.</summary>
internal static class KindReading
{
    public static CommonOptions AllFiles { get; } = new(["*"]) { SettleTime = TimeSpan.FromSeconds(CommonSettings.SettleSecondsOnDisk) };

    public static Task<Reading> ReadJsonAsync(
        this Drop drop,
        Checkpoint? from = null,
        CommonOptions? options = null,
        params string[] columns) => drop.ReadAsync(new JsonLinesFormat(), from, options, columns);

    public static Task<Reading> ReadExcelAsync(
        this Drop drop, Checkpoint? from = null, ExcelOptions? excel = null, CommonOptions? options = null, params string[] columns) =>
        drop.ReadAsync(new ExcelFormat(excel ?? new ExcelOptions()), from, options, columns);

    public static async Task<Reading> ReadAsync(
        this Drop drop,
        IFileFormat format,
        Checkpoint? from,
        CommonOptions? options,
        params string[] columns)
    {
        await using var reader = await drop.OpenAsync(format, from, options, columns);
        return await Reading.OfAsync(reader, isQuick: drop.IsQuick);
    }

    public static Task<ISourceReader> OpenAsync(
        this Drop drop,
        IFileFormat format,
        Checkpoint? from,
        CommonOptions? options,
        params string[] columns)
    {
        options ??= AllFiles;
        return Source(drop.Files, format, options, drop.Clock).OpenAsync(
            new ReadRequest(from ?? Checkpoint.Start, columns.Length == 0 ? ["id"] : columns, Reading.Roomy) { History = drop.History },
            TestContext.Current.CancellationToken);
    }

    public static FilesSource Source(IFileFolder folder, IFileFormat format, CommonOptions options, TimeProvider time) =>
        new("files", folder, moved: null, options.With(format), options.Conventions, time);

    public static Task<SourceException> RefusalAsync(this Drop drop, IFileFormat format, params string[] columns) =>
        Assert.ThrowsAsync<SourceException>(() => drop.ReadAsync(format, from: null, options: null, columns));

    /// <summary>Rows and rejects with their places; notices of a file are given again when it is resumed, rows are not.</summary>
    public static IEnumerable<string> Shown(this IEnumerable<SourceItem> items) =>
        items
            .Where(item => item is not SourceNotice)
            .Select(item =>
                item is SourceRecord record ? $"{record.Location}={string.Join('|', record.Values.Select(Shown))}" : item.ToString());

    private static string? FormatOf(object value) => value is DateTime ? "s" : value is DateOnly ? "O" : null;

    /// <summary>A value with its type.</summary>
    public static string Shown(object? value) =>
        value switch
        {
            null => "nothing",
            string text => $"'{text}'",
            IFormattable number => $"{value.GetType().Name} {number.ToString(FormatOf(value), CultureInfo.InvariantCulture)}",
            _ => $"{value}",
        };

    public static CommonOptions WithCursor(string column) => AllFiles with { CursorColumn = column, CursorFormat = null };
}
