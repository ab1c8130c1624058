using MarketoLambda.Sources.Csv;
using MarketoLambda.Sync.Guesses;
using MarketoLambda.Sync.Sources;

namespace MarketoLambda.Sources.Guesses;

/// <summary>Finds how the rows of a text file are written: the reader of runs decides which way cuts them best.</summary>
internal static class CsvGuess
{
    /// <summary>Rows that are cut to compare ways.</summary>
    private const int MaxRows = 1000;

    private static readonly (char Sign, string Word)[] Delimiters = [(',', "comma"), (';', "semicolon"), ('\t', "tab"), ('|', "pipe")];

    private static readonly CsvDialect[] Quotings =
        [new(), new() { Escape = '\\' }, new() { Quote = null }, new() { Quote = '\'' }];

    /// <exception cref="SourceException">It is no CSV, or has no header.</exception>
    public static GuessedFile Read(string name, Stream bytes, CancellationToken cancellationToken)
    {
        var (encoding, encodingSetting) = EncodingGuess.Find(bytes);
        List<Cut> cuts = [];
        SourceException? refusal = null;
        foreach (var quoting in Quotings)
        {
            foreach (var (sign, _) in Delimiters)
            {
                try
                {
                    cuts.Add(Cut.Try(new CsvContent(name, bytes, encoding, quoting with { Delimiter = sign }), cancellationToken));
                }
                catch (SourceException failure)
                {
                    refusal ??= failure;
                }
            }
        }

        var best = cuts.MaxBy(cut => cut.Score) ?? throw refusal ?? new SourceException($"{name} has no rows");
        var header = HeaderGuess.Find(best.First)
            ?? throw new SourceException(
                $"{name} has no line that could be a header: its columns need names. Put a line with their names before the first row");
        IReadOnlyList<GuessedSetting> encodingSettings = encodingSetting is null ? [] : [encodingSetting];
        return new GuessedFile(
            "csv",
            [.. Settings(best.Dialect, best.TellsDelimiter), .. encodingSettings, .. HeaderGuess.Settings(header, best.First[0])],
            HeaderGuess.Columns(header));
    }

    private static IEnumerable<GuessedSetting> Settings(CsvDialect dialect, bool tellsDelimiter)
    {
        var delimiter = Delimiters.First(known => known.Sign == dialect.Delimiter);
        if (delimiter.Sign != ',' && !tellsDelimiter)
        {
            yield return new GuessedSetting("delimiter", delimiter.Word);
        }

        if (dialect.Quote != '"')
        {
            yield return new GuessedSetting("quote", dialect.Quote is { } quote ? quote.ToString() : "none");
        }

        if (dialect.Escape is { } escape)
        {
            yield return new GuessedSetting("escape", escape.ToString());
        }
    }

    /// <summary>The beginning of a file, cut in one way.</summary>
    /// <param name="Dialect">How.</param>
    /// <param name="First">Its first rows.</param>
    /// <param name="Score">How well: rows of the same width without anything odd, and more than one column.</param>
    /// <param name="TellsDelimiter">The file names its delimiter itself.</param>
    private sealed record Cut(CsvDialect Dialect, IReadOnlyList<HeaderCandidate> First, double Score, bool TellsDelimiter)
    {
        public static Cut Try(CsvContent content, CancellationToken cancellationToken)
        {
            using var rows = CsvRows.OpenAtHeader(content, cancellationToken);
            List<HeaderCandidate> first = [];
            Dictionary<int, int> widths = [];
            var (count, wrong, quoted) = (0, 0, 0);
            do
            {
                if (rows.IsOfEmptyCells())
                {
                    continue;
                }

                count++;
                wrong += rows.IsMisquoted || rows.HasStrayQuote() ? 1 : 0;
                quoted += rows.Raw.Contains('"') ? 1 : 0;
                widths[rows.CellCount] = widths.GetValueOrDefault(rows.CellCount) + 1;
                if (first.Count < HeaderGuess.MaxRows)
                {
                    first.Add(new HeaderCandidate(rows.Place.Row, Names(rows)));
                }
            }
            while (count < MaxRows && rows.Read(cancellationToken));

            var (width, same) = widths.MaxBy(known => known.Value);
            var even = (double)(same - wrong) / count;
            var quotes = content.Dialect.Quote == '"' || quoted == 0 ? 0 : -0.05; // quotes around cells are quotes, as a rule
            var titles = HeaderGuess.Find(first)?.Line == first[0].Line ? 0 : -0.1; // a comma in numbers cuts rows, and not their header
            return new Cut(
                content.Dialect,
                first,
                width == 1 ? even * 0.1 : even + (Math.Min(width, 100) * 0.001) + quotes + titles,
                TellsDelimiter: rows.Delimiter != content.Dialect.Delimiter);
        }

        private static IReadOnlyList<string> Names(CsvRows rows) =>
            [.. Enumerable.Range(0, rows.CellCount).Select(ordinal => HeaderName.Normal(rows.Cell(ordinal).ToString()))];
    }
}
