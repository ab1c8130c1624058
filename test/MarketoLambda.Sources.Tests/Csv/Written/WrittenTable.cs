using System.Globalization;
using System.Text;
using CsCheck;
using MarketoLambda.Sources.Csv;
using MarketoLambda.Sources.Tests.Support;

namespace MarketoLambda.Sources.Tests.Csv.Written;

/// <summary>A table of text, and a writer for it that shares nothing with the reader.</summary>
/// <param name="Rows">Its cells.</param>
/// <param name="Dialect">How they are written; the reader is told the same.</param>
/// <param name="Encoding">In which encoding.</param>
/// <param name="HasMark">With a byte order mark, where the encoding has one.</param>
/// <param name="LineEnd">Behind each row.</param>
/// <param name="Extras">What else real files have in them, drawn as bits.</param>
public sealed record WrittenTable(string[][] Rows, CsvDialect Dialect, Encoding Encoding, bool HasMark, string LineEnd, int Extras)
{
    private static readonly string[] Encodings =
    [
        "utf-8",
        "utf-16",
        "utf-16BE",
        "utf-32",
        "us-ascii",
        "windows-1250",
        "windows-1251",
        "windows-1252",
        "windows-1253",
        "windows-1254",
        "windows-1255",
        "windows-1256",
        "windows-1257",
        "windows-1258",
        "windows-874",
        "iso-8859-1",
        "iso-8859-2",
        "iso-8859-5",
        "iso-8859-7",
        "iso-8859-15",
        "koi8-r",
        "koi8-u",
        "ibm437",
        "ibm850",
        "macintosh",
        "shift_jis",
        "euc-jp",
        "gb2312",
        "gb18030",
        "big5",
        "euc-kr",
    ];

    /// <summary>Letters of which .NET's table of the encoding says something else than Python's: both have their sources.</summary>
    private static readonly Dictionary<string, string> Disputed = new()
    {
        ["iso-8859-7"] = "\u02BC\u02BD",
        ["koi8-u"] = "\u040E\u045E",
        ["macintosh"] = "\u2126",
        ["windows-1255"] = "\u05BA",
        ["euc-jp"] = "\uFF5E\u2225\uFF0D\uFFE0\uFFE1\uFFE2",
    };

    private static readonly CsvDialect[] Dialects =
    [
        .. from delimiter in ",;\t|^"
           from quote in new char?[] { '"', '\'', null }
           from escape in new char?[] { null, '\\' }
           from comment in new[] { null, "#" }
           select new CsvDialect { Delimiter = delimiter, Quote = quote, Escape = escape, Comment = comment },
    ];

    private static readonly Dictionary<string, string> Letters = Encodings.ToDictionary(name => name, LettersOf);

    /// <summary>One table for each encoding, with a letter of every kind that it can write.</summary>
    public static IEnumerable<WrittenTable> OfEveryLetter { get; } =
        Letters.Select(letters => new WrittenTable(
            [.. letters.Value.Chunk(500).Select(some => new[] { new string(some), "x" })],
            new CsvDialect(),
            Find(letters.Key),
            HasMark: false,
            "\n",
            Extras: 0));

    /// <summary>Tables in every dialect and every encoding, with text of all scripts that it can write.</summary>
    public static Gen<WrittenTable> Any { get; } =
        from name in Gen.OneOf(Encodings)
        from dialect in Gen.OneOf(Dialects)
        from width in Gen.Int[2, 5]
        from rows in Gen.OneOf<string>(
                Gen.OneOf(
                    "",
                    " ",
                    "x",
                    "\"",
                    "'",
                    "\"\"",
                    ",",
                    ";",
                    "\t",
                    "\n",
                    "\r\n",
                    "\r",
                    "\\",
                    "a\\",
                    "\\\"",
                    "#x",
                    "'x'",
                    "\"x\"",
                    " \"x\"",
                    "x \" y",
                    "NULL",
                    "0013",
                    "sep=;"),
                Gen.String[Gen.Char["ab ,;|^\t\"'\\#\r\n"], 0, 12],
                Gen.String[Gen.Char[Letters[name]], 0, 20],
                Gen.String[Gen.Char[Letters[name]], 0, 4000])
            .Array[width]
            .Array[1, 25]
        from hasMark in Gen.Bool
        from lineEnd in Gen.OneOf("\n", "\r\n", "\r")
        from extras in Gen.Int[0, 255]
        select new WrittenTable(rows, dialect, Find(name), hasMark, lineEnd, extras);

    public string[] Columns =>
        [.. Enumerable.Range(0, Rows[0].Length).Select(i => string.Create(CultureInfo.InvariantCulture, $"column {i}"))];

    /// <summary>The rows that are records: the writer can write them, and they are not empty.</summary>
    public string[][] Records => [.. Rows.Where(row => row.All(CanWrite) && !row.All(string.IsNullOrWhiteSpace))];

    /// <summary>The options that tell the reader what the writer did.</summary>
    public CsvFolderOptions Options =>
        Drop.Options with
        {
            Encoding = Encoding,
            Dialect = Dialect with { LinesBeforeHeader = Has(0) ? 2 : 0 },
        };

    /// <summary>What Python calls its encoding; of code pages, what it calls the page that .NET means.</summary>
    public string PythonEncoding => Encoding.CodePage switch
    {
        65001 => "utf-8-sig",
        1200 => HasMark ? "utf-16" : "utf-16-le",
        1201 => HasMark ? "utf-16" : "utf-16-be",
        874 or 932 or 949 or 950 => string.Create(CultureInfo.InvariantCulture, $"cp{Encoding.CodePage}"),
        936 => "gbk",
        10000 => "mac_roman",
        _ => Encoding.WebName,
    };

    public byte[] Bytes
    {
        get
        {
            StringBuilder text = new(Has(0) ? $"Report \"x{LineEnd}{LineEnd}" : "");
            text.Append(Has(1) ? LineEnd : "").Append(Has(2) && Dialect.Comment is { } comment ? $"{comment} x\"{LineEnd}" : "");
            text.Append(Line(Columns)).Append(LineEnd);
            var records = Records;
            foreach (var (number, row) in records.Index())
            {
                text.Append(Has(3) && number % 3 == 1 ? LineEnd : "")
                    .Append(Line(row))
                    .Append(number == records.Length - 1 && Has(4) ? "" : LineEnd);
            }

            text.Append(Has(5) ? "\x1A" : "");
            var bytes = Encoding.GetBytes(text.ToString());
            byte[] marked = HasMark || Encoding.CodePage is 12000 ? [.. Encoding.GetPreamble(), .. bytes] : bytes;
            return !Has(6) ? marked
                : Has(7) ? [.. Drop.Gzip(marked[..(marked.Length / 2)]), .. Drop.Gzip(marked[(marked.Length / 2)..])]
                : Drop.Gzip(marked);
        }
    }

    private bool Has(int extra) => (Extras & (1 << extra)) != 0;

    // Without quotes and escapes there is no way to write a delimiter or a line end into a cell.
    private bool CanWrite(string cell) =>
        Encoding.GetString(Encoding.GetBytes(cell)) == cell
        && (Dialect.Quote is not null || Dialect.Escape is not null || !cell.AsSpan().ContainsAny($"{Dialect.Delimiter}\r\n"))
        && (Dialect.Quote is not null || Dialect.Comment is null || !cell.StartsWith(Dialect.Comment, StringComparison.Ordinal));

    private string Line(string[] row) => string.Join(Dialect.Delimiter, row.Select((cell, ordinal) => Written(cell, ordinal)));

    private string Written(string cell, int ordinal)
    {
        if (Dialect.Quote is not { } quote)
        {
            return Dialect.Escape is null ? cell : Escaped(cell, $"{Dialect.Escape}{Dialect.Delimiter}\r\n");
        }

        var isSpecial =
            cell.AsSpan().ContainsAny($"{quote}{Dialect.Delimiter}{Dialect.Escape}\r\n") || (ordinal == 0 && Dialect.Comment is not null);
        return !isSpecial && (Extras + cell.Length) % 3 > 0 ? cell
            : Dialect.Escape is null ? $"{quote}{cell.Replace($"{quote}", $"{quote}{quote}", StringComparison.Ordinal)}{quote}"
            : $"{quote}{Escaped(cell, $"{Dialect.Escape}{quote}")}{quote}";
    }

    private string Escaped(string cell, string special) =>
        string.Concat(cell.Select(sign => special.Contains(sign, StringComparison.Ordinal) ? $"{Dialect.Escape}{sign}" : $"{sign}"));

    private static Encoding Find(string name) => CodePagesEncodingProvider.Instance.GetEncoding(name) ?? Encoding.GetEncoding(name);

    // A sample of all that the encoding can write and that is text, from every script.
    private static string LettersOf(string name)
    {
        var encoding = (Encoding)Find(name).Clone();
        encoding.EncoderFallback = EncoderFallback.ReplacementFallback;
        StringBuilder letters = new("aZ9 ");
        for (var code = 0xA0; code < 0xFFFE; code += code < 0x600 ? 1 : 37)
        {
            var letter = (char)code;
            var isText =
                char.GetUnicodeCategory(letter)
                    is not (
                        UnicodeCategory.Surrogate
                        or UnicodeCategory.PrivateUse
                        or UnicodeCategory.OtherNotAssigned
                        or UnicodeCategory.Control)
                && letter != '\uFEFF'
                && !Disputed.GetValueOrDefault(name, "").Contains(letter, StringComparison.Ordinal);
            if (isText && encoding.GetString(encoding.GetBytes($"{letter}")) == $"{letter}")
            {
                letters.Append(letter);
            }
        }

        return letters.ToString();
    }
}
