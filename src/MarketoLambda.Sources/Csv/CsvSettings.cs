using System.Globalization;
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

    /// <summary>Reads all but the place, and reports every mistake.</summary>
    /// <param name="section">The job's source.</param>
    /// <param name="place">The setting that names the place.</param>
    /// <param name="settleSeconds">What holds where the job says nothing of it.</param>
    public static CsvFolderOptions Read(JobSection section, string place, int settleSeconds)
    {
        CsvFolderOptions standard = new();
        var cursor = section.OptionalText("cursor");
        var options = standard with
        {
            Pattern = Pattern(section, place, standard.Pattern),
            Delimiter = Delimiter(section, standard.Delimiter),
            Encoding = Encoding(section, standard.Encoding),
            Conventions = new SourceConventions(Culture(section), TimeZone(section)),
            CursorColumn = cursor,
            SettleTime = TimeSpan.FromSeconds(section.OptionalInteger("settleSeconds", 0, CsvFolderOptions.MaxSettleSeconds, settleSeconds)),
        };
        return options with { CursorFormat = CursorFormat(section, cursor, options.Conventions) };
    }

    private static string Pattern(JobSection section, string place, string otherwise)
    {
        var pattern = section.OptionalText("pattern", otherwise);
        if (pattern.AsSpan().ContainsAny('/', '\\'))
        {
            section.Refuse("pattern", $"must be the pattern of a file's name, without folders; name the folder in \"{place}\"");
        }

        return pattern;
    }

    private static char Delimiter(JobSection section, char otherwise)
    {
        var text = section.OptionalTextOrBlank("delimiter");
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

        section.Refuse("delimiter", $"must be {string.Join(", ", DelimiterWords.Keys)} or one ASCII character that is no letter, digit, quote or line end");
        return otherwise;
    }

    private static Encoding Encoding(JobSection section, Encoding otherwise)
    {
        var name = section.OptionalText("encoding");
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
            section.Refuse("encoding", "is not the name of an encoding; examples are utf-8, windows-1252 and iso-8859-1");
            return otherwise;
        }
    }

    private static CultureInfo Culture(JobSection section)
    {
        var name = section.OptionalText("culture");
        try
        {
            return name is null or "invariant" ? CultureInfo.InvariantCulture : CultureInfo.GetCultureInfo(name, predefinedOnly: true);
        }
        catch (CultureNotFoundException)
        {
            section.Refuse("culture", "is not the name of a culture; examples are en-US, de-DE and invariant");
            return CultureInfo.InvariantCulture;
        }
    }

    private static TimeZoneInfo TimeZone(JobSection section)
    {
        var name = section.OptionalText("timeZone", "UTC");
        if (TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone))
        {
            return zone;
        }

        section.Refuse("timeZone", "is not a known time zone; use an IANA name such as Europe/Berlin");
        return TimeZoneInfo.Utc;
    }

    private static string? CursorFormat(JobSection section, string? cursor, SourceConventions conventions)
    {
        var format = section.OptionalText("cursorFormat");
        if (format is not null && cursor is null)
        {
            section.Refuse("cursorFormat", "has no meaning without \"cursor\"");
        }
        else if (format is not null && !TimeFormat.ReadsTimes(format, conventions))
        {
            section.Refuse("cursorFormat", "is not a .NET format of date and time; an example is \"yyyy-MM-dd HH:mm:ss\"");
        }

        return format;
    }
}
