using System.Text;
using MarketoLambda.Sync.Jobs;
using MarketoLambda.Sync.Mapping;
using MarketoLambda.Sync.Reading;

namespace MarketoLambda.Sources.Csv;

/// <summary>What a job file says of CSV files, wherever they lie.</summary>
internal static class CsvSettings
{
    private static readonly Dictionary<string, char> DelimiterWords = new(StringComparer.OrdinalIgnoreCase)
    {
        ["comma"] = ',',
        ["tab"] = '\t',
        ["semicolon"] = ';',
        ["pipe"] = '|',
    };

    private static readonly Setting Pattern = Setting.Texts(
        "pattern", "Names of the files to read, with * and ?, upper and lower case alike: one pattern, or a list.", "products-*.csv").Otherwise(CsvFolderOptions.DefaultPatterns);
    private static readonly Setting Delimiter = Setting.TextOrBlank("delimiter", "What stands between cells: one ASCII character that is no letter, digit, quote or line end, or a word.", ",", [.. DelimiterWords.Keys, ";"]);
    private static readonly Setting Encoding = Setting.Text("encoding", "Encoding of the text, where no byte order mark decides.", "utf-8", "windows-1252", "iso-8859-1");
    private static readonly Setting Culture = Setting.Text("culture", "How numbers and dates are written.", "invariant", "en-US", "de-DE");
    private static readonly Setting TimeZone = Setting.Text("timeZone", "Time zone of times without an offset: an IANA name.", "UTC", "Europe/Berlin");
    private static readonly Setting Cursor = Setting.Text("cursor", "Column with the time of a row's last change: rows below the mark are passed over. Without it every row is read.", null, "Modified At");
    private static readonly Setting CursorFormat = Setting.Texts(
        "cursorFormat",
        "How the cursor is written: in .NET's letters, as excel (serial numbers), unix (seconds) or unixMilliseconds; "
        + "or a list of these, tried in order. "
        + "Default: ISO 8601, and where a culture is set its own order, with day, month and a year of four digits.",
        "yyyy-MM-dd HH:mm:ss",
        "unix").Needing(Cursor.Name);

    /// <summary>Every setting but those that name the place.</summary>
    public static IReadOnlyList<Setting> All(int settleSeconds) => [Pattern, Delimiter, Encoding, Culture, TimeZone, Cursor, CursorFormat, SettleSeconds(settleSeconds)];

    /// <summary>Reads all but the place, and reports every mistake.</summary>
    /// <param name="section">The job's source.</param>
    /// <param name="place">The setting that names the place.</param>
    /// <param name="settleSeconds">What holds where the job says nothing of it.</param>
    public static CsvFolderOptions Read(JobSection section, string place, int settleSeconds)
    {
        CsvFolderOptions standard = new();
        var cursor = section.OptionalText(Cursor.Name);
        var options = standard with
        {
            Patterns = ReadPatterns(section, place),
            Delimiter = ReadDelimiter(section, standard.Delimiter),
            Encoding = ReadEncoding(section, standard.Encoding),
            Conventions = new SourceConventions(section.OptionalCulture(Culture.Name) ?? standard.Conventions.Culture, ReadTimeZone(section)),
            CursorColumn = cursor,
            NullValues = section.OptionalNullValues(),
            SettleTime = TimeSpan.FromSeconds(section.OptionalInteger(SettleSeconds(settleSeconds))),
        };
        return options with { CursorFormat = ReadCursorFormat(section, cursor, options.Conventions) };
    }

    private static Setting SettleSeconds(int otherwise) => Setting.WholeNumber(
        "settleSeconds", "A file younger than this may still be being written, and waits with those behind it. Seconds.", 0, CsvFolderOptions.MaxSettleSeconds, otherwise);

    private static IReadOnlyList<string> ReadPatterns(JobSection section, string place)
    {
        var patterns = section.OptionalTexts(Pattern.Name) ?? CsvFolderOptions.DefaultPatterns;
        if (patterns.Any(pattern => pattern.AsSpan().ContainsAny('/', '\\')))
        {
            section.Refuse(Pattern.Name, $"must be the pattern of a file's name, without folders; name the folder in \"{place}\"");
        }

        return patterns;
    }

    private static char ReadDelimiter(JobSection section, char otherwise)
    {
        var text = section.OptionalTextOrBlank(Delimiter.Name);
        if (text is null)
        {
            return otherwise;
        }

        if (DelimiterWords.TryGetValue(text, out var character))
        {
            return character;
        }

        if (text is [var one] && char.IsAscii(one) && !char.IsLetterOrDigit(one) && one is not ('"' or '\r' or '\n' or '\0'))
        {
            return one;
        }

        section.Refuse(Delimiter.Name, $"must be {string.Join(", ", DelimiterWords.Keys)} or one ASCII character that is no letter, digit, quote or line end");
        return otherwise;
    }

    private static System.Text.Encoding ReadEncoding(JobSection section, System.Text.Encoding otherwise)
    {
        var name = section.OptionalText(Encoding.Name);
        if (name is null)
        {
            return otherwise;
        }

        try
        {
            return CodePagesEncodingProvider.Instance.GetEncoding(name) ?? System.Text.Encoding.GetEncoding(name);
        }
        catch (ArgumentException)
        {
            section.Refuse(Encoding.Name, "is not the name of an encoding; examples are utf-8, windows-1252 and iso-8859-1");
            return otherwise;
        }
    }

    private static TimeZoneInfo ReadTimeZone(JobSection section)
    {
        var name = section.OptionalText(TimeZone);
        if (TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone))
        {
            return zone;
        }

        section.Refuse(TimeZone.Name, "is not a known time zone; use an IANA name such as Europe/Berlin");
        return TimeZoneInfo.Utc;
    }

    private static TimeFormats? ReadCursorFormat(JobSection section, string? cursor, SourceConventions conventions)
    {
        var format = section.OptionalTimeFormats(CursorFormat.Name);
        if (format is not null && cursor is null)
        {
            section.Refuse(CursorFormat.Name, "has no meaning without \"cursor\"");
        }
        else if (format?.FirstWithoutTime(conventions) is not null)
        {
            section.Refuse(CursorFormat.Name, "is not a .NET format of date and time; an example is \"yyyy-MM-dd HH:mm:ss\"");
        }

        return format;
    }
}
