using System.Diagnostics;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using CsCheck;
using MarketoLambda.Sources.Tests.Support;
using MarketoLambda.Sync.Sources;

namespace MarketoLambda.Sources.Tests.Csv.Written;

/// <summary>What lands is what was written, or the row or the file is refused; never something else.</summary>
public sealed class WrittenTableTests
{
    private const string Judge = """
        import csv, json, sys
        csv.field_size_limit(10000000)
        for job in map(json.loads, sys.stdin):
            with open(job['file'], encoding=job['encoding'], newline='') as text:
                kind = dict(delimiter=job['delimiter'], strict=True)
                kind.update(dict(quotechar=job['quote']) if job['quote'] else dict(quoting=csv.QUOTE_NONE))
                kind.update(dict(escapechar=job['escape'], doublequote=False) if job['escape'] else {})
                try:
                    rows = [row for row in csv.reader(text, **kind)]
                except (csv.Error, UnicodeError):
                    rows = None
                print(json.dumps(rows), flush=True)
        """;

    [Fact]
    public async Task What_was_written_in_any_dialect_and_encoding_is_what_lands()
    {
        var refused = 0;
        await WrittenTable.Any.SampleAsync(
            async table =>
            {
                // Given
                using DropFolder folder = new();
                folder.With("a.csv", table.Bytes);
                await using var reader = await folder.OpenAsync(options: table.Options, columns: table.Columns);
                try
                {
                    // When
                    var reading = await Reading.OfAsync(reader);
                    // Then
                    Assert.Equal(table.Records, reading.Rows);
                    Assert.Empty(reading.Unreadable);
                }
                catch (SourceException refusal) when (refusal.Message.Contains("utf-8 by its bytes", StringComparison.Ordinal))
                {
                    Assert.True(
                        table.Encoding is not UTF8Encoding
                            && IsUtf8(table.Encoding.GetBytes(string.Concat(table.Records.SelectMany(row => row))))
                    );
                    refused++;
                }
                catch (SourceException refusal) when (refusal.Message.Contains("has the escape before CR and LF", StringComparison.Ordinal))
                {
                    Assert.True(
                        table.Dialect.Escape is not null
                            && table.Records.Any(row => row.Any(cell => cell.Contains('\r', StringComparison.Ordinal))));
                    refused++;
                }
            },
            iter: 1000, threads: 1);
        // A few letters may happen to be utf-8 too, and without quotes a CR at the end of a row cannot be written
        Assert.InRange(refused, 0, 50);
    }

    [Fact]
    public async Task A_byte_changed_anywhere_lands_nothing_that_was_not_written_but_in_its_own_row()
    {
        await Gen.Select(
                WrittenTable.Any.Select(table => table with { Extras = table.Extras & 63 }),
                Gen.Int[0, int.MaxValue],
                Gen.OneOf<byte>(0, 1, 0xFF, 0x81))
            .SampleAsync(
                async (table, at, value) =>
                {
                    // Given
                    using DropFolder folder = new();
                    var bytes = table.Bytes;
                    bytes[at % bytes.Length] = value;
                    folder.With("a.csv", bytes);
                    await using var reader = await folder.OpenAsync(options: table.Options, columns: table.Columns);
                    try
                    {
                        // When
                        var reading = await Reading.OfAsync(reader);
                        // Then: where the byte is a letter or half of one, it may also be the one that kept a row together
                        var known = table.Records.Select(row => string.Join('\u241F', row)).ToHashSet();
                        var isAscii = table.Encoding is not (UnicodeEncoding or UTF32Encoding);
                        var isCertain = (isAscii && value < 2) || (table.Encoding is UTF8Encoding && value == 0xFF);
                        Assert.InRange(reading.Rows.Count(row => !known.Contains(string.Join('\u241F', row))), 0, isCertain ? 0 : 2);
                    }
                    catch (SourceException)
                    {
                        // refused
                    }
                },
                iter: 500,
                threads: 1);
    }

    [Fact]
    public async Task Python_reads_the_same()
    {
        List<WrittenTable> tables = [];
        WrittenTable.Any.Select(table => table with
        {
            Extras = table.Extras & 0b0001_1000,
            Dialect = table.Dialect with { Comment = null },
            LineEnd = table.LineEnd == "\r" ? "\n" : table.LineEnd,
        }).Sample(tables.Add, iter: 300, threads: 1);

        await PythonReadsTheSameAsync(tables, mostUnjudged: 150);
    }

    [Fact]
    public Task Python_reads_the_same_letters_in_every_encoding() =>
        PythonReadsTheSameAsync([.. WrittenTable.OfEveryLetter], mostUnjudged: 1); // its euc-jp has fewer letters

    // Python's csv refuses what it cannot read, and then judges nothing; and so does its decoder.
    private static async Task PythonReadsTheSameAsync(List<WrittenTable> tables, int mostUnjudged)
    {
        // Given
        using DropFolder folder = new();
        StringBuilder jobs = new();
        foreach (var (number, table) in tables.Index())
        {
            folder.With($"{number}.csv", table.Bytes);
            JsonObject job = new()
            {
                ["file"] = Path.Combine(folder.Path, $"{number}.csv"),
                ["encoding"] = table.PythonEncoding,
                ["delimiter"] = $"{table.Dialect.Delimiter}",
                ["quote"] = $"{table.Dialect.Quote}",
                ["escape"] = $"{table.Dialect.Escape}",
            };
            jobs.AppendLine(job.ToJsonString());
        }

        // When
        var judged = await PythonAsync(jobs.ToString());
        // Then
        var unjudged = 0;
        foreach (var (number, table) in tables.Index())
        {
            using DropFolder one = new();
            one.With("a.csv", table.Bytes);
            Reading reading;
            try
            {
                reading = await one.ReadAsync(options: table.Options, columns: table.Columns);
            }
            catch (SourceException refusal) when (
                refusal.Message.Contains("has the escape before CR and LF", StringComparison.Ordinal)
                || refusal.Message.Contains("utf-8 by its bytes", StringComparison.Ordinal))
            {
                unjudged++;
                continue;
            }

            if (JsonSerializer.Deserialize<string[][]>(judged[number]) is not { } rows)
            {
                unjudged++;
                continue;
            }

            Assert.Equal(
                (table.PythonEncoding, Shown(rows.Where(row => row.Any(cell => !string.IsNullOrWhiteSpace(cell))).Skip(1))),
                (table.PythonEncoding, Shown(reading.Rows)));
        }

        Assert.InRange(unjudged, 0, mostUnjudged);
    }

    private static string Shown(IEnumerable<IReadOnlyList<string>> rows) => JsonSerializer.Serialize(rows);

    private static async Task<string[]> PythonAsync(string input)
    {
        ProcessStartInfo start = new("python3")
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            ArgumentList = { "-c", Judge },
        };
        start.Environment["PYTHONUTF8"] = "1";
        Process? python = null;
        try
        {
            python = Process.Start(start);
        }
        catch (System.ComponentModel.Win32Exception)
        {
            // none on this machine
        }

        Assert.SkipWhen(python is null, "There is no python3 on this machine to judge what is read.");
        using (python)
        {
            var output = python!.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
            await python.StandardInput.WriteAsync(input);
            python.StandardInput.Close();
            return (await output).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        }
    }

    private static bool IsUtf8(byte[] bytes)
    {
        try
        {
            return new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true).GetCharCount(bytes) < bytes.Length;
        }
        catch (DecoderFallbackException)
        {
            return false;
        }
    }
}
