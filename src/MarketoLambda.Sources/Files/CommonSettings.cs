using MarketoLambda.Sync.JobFiles;
using MarketoLambda.Sync.Settings;
using MarketoLambda.Sync.Sources;
using MarketoLambda.Sync.Values;

namespace MarketoLambda.Sources.Files;

/// <summary>What a job file says of files wherever they lie and whatever they hold.</summary>
internal static class CommonSettings
{
    /// <summary>Default of <see cref="CommonOptions.SettleTime"/> in a folder on disk, in seconds.</summary>
    public const int SettleSecondsOnDisk = 10;

    /// <summary>Most that it may be.</summary>
    public const int MaxSettleSeconds = 3600;

    private static readonly Setting Pattern = Setting.Texts(
        "pattern", "Names of the files to read, with * and ?, upper and lower case alike: one pattern, or a list.", "products-*.csv");
    private static readonly Setting Culture = Setting.Text("culture", "How numbers and dates are written.", "invariant", "en-US", "de-DE");
    private static readonly Setting TimeZone = Setting.Text(
        "timeZone", "Time zone of times without an offset: an IANA name.", "UTC", "Europe/Berlin");
    private static readonly Setting Cursor = Setting.Text(
        "cursor",
        "Column with the time of a row's last change: rows below the mark are passed over. Without it every row is read.",
        null,
        "Modified At");
    private static readonly Setting CursorFormat = Setting.Texts(
        "cursorFormat",
        "How the cursor is written: in .NET's letters, as excel (serial numbers), unix (seconds) or unixMilliseconds; "
        + "or a list of these, tried in order. "
        + "Default: ISO 8601, and where a culture is set its own order, with day, month and a year of four digits.",
        "yyyy-MM-dd HH:mm:ss",
        "unix").Needing(Cursor.Name);

    /// <param name="patterns">Names that are read by default; null where that depends on another setting.</param>
    /// <param name="settleSeconds">What holds where the job says nothing of it.</param>
    public static IReadOnlyList<Setting> All(IReadOnlyList<string>? patterns, int settleSeconds) =>
    [
        patterns is null ? Pattern : Pattern.Otherwise(patterns),
        Culture, TimeZone, Cursor, CursorFormat, SettleSeconds(settleSeconds), .. FolderSettings.All,
    ];

    /// <summary>Reads them, and reports every mistake.</summary>
    /// <param name="section">The job's source.</param>
    /// <param name="place">The setting that names the place.</param>
    /// <param name="patterns">Names that are read by default.</param>
    /// <param name="settleSeconds">What holds where the job says nothing of it.</param>
    public static CommonOptions Read(JobSection section, string place, IReadOnlyList<string> patterns, int settleSeconds)
    {
        var standard = SourceConventions.Invariant;
        var cursor = section.OptionalText(Cursor.Name);
        CommonOptions options = new(ReadPatterns(section, place, patterns))
        {
            Conventions = new SourceConventions(
                section.OptionalCulture(Culture.Name) ?? standard.Culture,
                section.OptionalTimeZone(TimeZone)),
            CursorColumn = cursor,
            NullValues = section.OptionalNullValues(),
            UnwrapsExcelText = section.OptionalUnwrapsExcelText() is true,
            SettleTime = TimeSpan.FromSeconds(section.OptionalInteger(SettleSeconds(settleSeconds))),
            Files = FolderSettings.Read(section),
        };
        return options with { CursorFormat = ReadCursorFormat(section, cursor, options.Conventions) };
    }

    private static Setting SettleSeconds(int otherwise) => Setting.WholeNumber(
        "settleSeconds",
        "A file younger than this may still be being written, and waits with those behind it. Seconds.",
        0,
        MaxSettleSeconds,
        otherwise);

    private static IReadOnlyList<string> ReadPatterns(JobSection section, string place, IReadOnlyList<string> otherwise)
    {
        var patterns = section.OptionalTexts(Pattern.Name) ?? otherwise;
        if (patterns.Any(pattern => pattern.AsSpan().ContainsAny('/', '\\')))
        {
            section.AddError(Pattern.Name, $"must be the pattern of a file's name, without folders; name the folder in \"{place}\"");
        }

        return patterns;
    }

    private static TimeFormats? ReadCursorFormat(JobSection section, string? cursor, SourceConventions conventions)
    {
        var format = section.OptionalTimeFormats(CursorFormat.Name);
        if (format is not null && cursor is null)
        {
            section.AddError(CursorFormat.Name, "has no meaning without \"cursor\"");
        }
        else if (format?.FirstWithoutTime(conventions) is not null)
        {
            section.AddError(CursorFormat.Name, "is not a .NET format of date and time; an example is \"yyyy-MM-dd HH:mm:ss\"");
        }

        return format;
    }
}
