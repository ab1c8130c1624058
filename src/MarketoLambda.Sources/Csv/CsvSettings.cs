using System.Text;
using MarketoLambda.Sources.Files;
using MarketoLambda.Sync.Settings;

namespace MarketoLambda.Sources.Csv;

/// <summary>What a job file says of CSV files, wherever they lie.</summary>
internal static class CsvSettings
{
    private const string None = "none";
    private const string Reject = "reject";
    private const string Fill = "fill";

    private static readonly Dictionary<string, char> DelimiterWords = new(StringComparer.OrdinalIgnoreCase)
    {
        ["comma"] = ',',
        ["tab"] = '\t',
        ["semicolon"] = ';',
        ["pipe"] = '|',
    };

    private static readonly Setting Delimiter = Setting.TextOrBlank(
        "delimiter",
        "What stands between cells: one ASCII character that is no letter, digit, quote or control character, or a word.",
        ",",
        [.. DelimiterWords.Keys, ";"]);
    private static readonly Setting Encoding = Setting.Text(
        "encoding",
        "Encoding of the text, where no byte order mark decides.",
        "utf-8",
        "windows-1252",
        "iso-8859-1");
    private static readonly Setting Quote = Setting.Choice(
        "quote", "What stands around cells; none where quotes are part of the text.", "\"", "\"", "'", None);
    private static readonly Setting Escape = Setting.Text(
        "escape",
        "Takes its meaning from the quote, delimiter or line end behind it: one ASCII sign. Default none: quotes inside quotes are "
            + "doubled.",
        null,
        "\\");
    private static readonly Setting Comment = Setting.Text("comment", "Lines that begin with it are left out.", null, "#");
    private static readonly Setting ShortRows = Setting.Choice(
        "shortRows",
        "What becomes of rows with fewer cells than the header: they are rejected, or filled with empty cells.",
        Reject,
        Reject,
        Fill);

    /// <summary>Those that no other kind of file has.</summary>
    public static IReadOnlyList<Setting> Own { get; } = [Delimiter, Quote, Escape, Comment, ShortRows, Encoding];

    /// <summary>Reads all but the place, and reports every mistake.</summary>
    /// <param name="section">The job's source.</param>
    /// <param name="place">The setting that names the place.</param>
    /// <param name="settleSeconds">What holds where the job says nothing of it.</param>
    public static CsvFolderOptions Read(JobSection section, string place, int settleSeconds)
    {
        CsvFolderOptions standard = new();
        var common = CommonSettings.Read(section, place, CsvFolderOptions.DefaultPatterns, settleSeconds);
        return standard with
        {
            Patterns = common.Patterns,
            Dialect = ReadDialect(section, standard.Dialect),
            Encoding = ReadEncoding(section, standard.Encoding),
            Conventions = common.Conventions,
            CursorColumn = common.CursorColumn,
            CursorFormat = common.CursorFormat,
            NullValues = common.NullValues,
            UnwrapsExcelText = common.UnwrapsExcelText,
            SettleTime = common.SettleTime,
            Files = common.Files,
        };
    }

    private static CsvDialect ReadDialect(JobSection section, CsvDialect standard)
    {
        var delimiter = ReadDelimiter(section, standard.Delimiter);
        var quote = section.OptionalChoice(Quote) is var text && text == None ? (char?)null : text[0];
        if (delimiter == quote)
        {
            section.AddError(Quote.Name, "must be another sign than \"delimiter\"");
        }

        return new CsvDialect
        {
            Delimiter = delimiter,
            Quote = quote,
            Escape = ReadEscape(section, delimiter, quote),
            Comment = section.OptionalText(Comment.Name),
            LinesBeforeHeader = HeaderSettings.ReadLinesBefore(section),
            FillsShortRows = section.OptionalChoice(ShortRows) == Fill,
            Excluded = HeaderSettings.ReadExcluded(section),
        };
    }

    private static char? ReadEscape(JobSection section, char delimiter, char? quote)
    {
        if (section.OptionalText(Escape.Name) is not { } text)
        {
            return null;
        }

        if (text is [var sign] && IsSign(sign) && sign != delimiter && sign != quote)
        {
            return sign;
        }

        section.AddError(
            Escape.Name,
            "must be one ASCII character that is no letter and no digit, and neither the delimiter nor the quote");
        return null;
    }

    private static bool IsSign(char sign) => char.IsAscii(sign) && !char.IsControl(sign) && !char.IsLetterOrDigit(sign);

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

        if (text is [var one] && (one == '\t' || (IsSign(one) && one != '"')))
        {
            return one;
        }

        section.AddError(
            Delimiter.Name,
            $"must be {string.Join(", ", DelimiterWords.Keys)} or one ASCII character "
                + "that is no letter, digit, quote or control character");
        return otherwise;
    }

    /// <summary>What databases, editors and Python call encodings, where .NET has another name.</summary>
    private static readonly Dictionary<string, string> EncodingAliases = new(StringComparer.OrdinalIgnoreCase)
    {
        ["utf8"] = "utf-8",
        ["utf-8-sig"] = "utf-8",
        ["utf-8-bom"] = "utf-8",
        ["utf16"] = "utf-16",
        ["utf16le"] = "utf-16",
        ["ansi"] = "windows-1252",
        ["cp1252"] = "windows-1252",
        ["cp-1252"] = "windows-1252",
        ["win1252"] = "windows-1252",
        ["win-1252"] = "windows-1252",
        ["windows1252"] = "windows-1252",
        ["latin-1"] = "iso-8859-1",
        ["iso8859-1"] = "iso-8859-1",
        ["iso88591"] = "iso-8859-1",
    };

    private static System.Text.Encoding ReadEncoding(JobSection section, System.Text.Encoding otherwise)
    {
        var name = section.OptionalText(Encoding.Name);
        if (name is null)
        {
            return otherwise;
        }

        try
        {
            var known = EncodingAliases.GetValueOrDefault(name, name);
            return CodePagesEncodingProvider.Instance.GetEncoding(known) ?? System.Text.Encoding.GetEncoding(known);
        }
        catch (Exception refusal) when (refusal is ArgumentException or NotSupportedException)
        {
            section.AddError(Encoding.Name, "is not the name of an encoding; examples are utf-8, windows-1252 and iso-8859-1");
            return otherwise;
        }
    }
}
