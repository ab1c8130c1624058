using System.Text;
using CsCheck;
using MarketoLambda.Sources.Tests.Support;
using MarketoLambda.Sync.Sources;

namespace MarketoLambda.Sources.Tests.Csv;

public sealed class CsvPropertyTests
{
    private static readonly Gen<string> Cell = Gen.OneOf<string>(
        Gen.OneOf("", " ", "\"", "\"\"", ",", "\n", "\r\n", "\r", "a,b", "#", "'", "NULL", "ä€𝄞", "x\"y", "\"x\"", "\uFEFF"),
        Gen.String[Gen.Char["ab \",;\r\n\t€é"], 0, 40],
        Gen.String[Gen.Char["xyz\""], 0, 3000]);

    private static readonly Gen<(string[][] Rows, string LineEnd, bool QuotesAll, bool EndsWithLine, bool IsPacked)> CsvFile =
        from width in Gen.Int[1, 5]
        from rows in Cell.Array[width].Array[0, 60]
        from lineEnd in Gen.OneOf("\n", "\r\n")
        from quotesAll in Gen.Bool
        from endsWithLine in Gen.Bool
        from isPacked in Gen.Bool
        select (rows, lineEnd, quotesAll, endsWithLine, isPacked);

    [Fact]
    public async Task What_a_naive_writer_wrote_is_what_is_read()
    {
        await CsvFile.SampleAsync(
            async file =>
            {
                // Given
                using var folder = new DropFolder();
                var width = file.Rows.Length == 0 ? 1 : file.Rows[0].Length;
                string[] columns = [.. Enumerable.Range(0, width).Select(i => $"column {i}")];
                string[][] lines = [columns, .. file.Rows];
                var text = string.Join(
                    file.LineEnd,
                    lines.Select(line => string.Join(',', line.Select(cell => Write(cell, file.QuotesAll || width == 1)))));
                var bytes = Encoding.UTF8.GetBytes(text + (file.EndsWithLine ? file.LineEnd : ""));
                folder.With("a.csv", file.IsPacked ? Drop.Gzip(bytes) : bytes);
                // When
                var reading = await folder.ReadAsync(columns: columns);
                // Then
                Assert.Equal(file.Rows.Where(row => width == 1 || !row.All(string.IsNullOrWhiteSpace)), reading.Rows);
                Assert.Equal(file.Rows.Length, reading.End.LastFileRecords);
            },
            iter: 300, threads: 1);
    }

    [Fact]
    public async Task However_runs_stop_and_files_come_late_or_are_replaced_nothing_is_lost()
    {
        // what happens between two runs: a file is written (perhaps over another), then a run reads so many items and stops
        var step = Gen.Select(Gen.Int[0, 30], Gen.Int[0, 5], Gen.Int[0, 40]);
        await Gen.Select(step.Array[1, 30], Gen.OneOf(400, 450, 4000)).SampleAsync(
            async (steps, capacity) =>
            {
                // Given
                using var folder = new DropFolder();
                Dictionary<string, string[]> wanted = [];
                Dictionary<string, List<string>> handedOut = [];
                var position = Checkpoint.Start;
                var serial = 0;
                foreach (var (name, rows, items) in steps.Append((0, 1, int.MaxValue)))
                {
                    var file = $"file-{name}.csv";
                    string[] ids = [.. Enumerable.Range(0, rows).Select(_ => $"{serial++}")];
                    folder.Clock.Advance(TimeSpan.FromMinutes(1));
                    folder.With(file, "id\n" + string.Concat(ids.Select(id => $"{id}\n")));
                    wanted[file] = ids;
                    handedOut[file] = [];

                    // When
                    await using var reader = await folder.OpenAsync(position, capacity);
                    var reading = await Reading.OfAsync(reader, items);
                    position = reading.End;
                    Assert.InRange(position.Resume?.Length ?? 0, 0, capacity);
                    foreach (var record in reading.Records)
                    {
                        handedOut[record.Location.Container].Add((string)record.Values[0]!);
                    }
                }

                // Then
                foreach (var (file, ids) in wanted)
                {
                    Assert.True(
                        Contains(handedOut[file], ids),
                        $"{file} has {string.Join(' ', ids)}, but only {string.Join(' ', handedOut[file])} were read");
                }
            },
                iter: 300,
                threads: 1);
    }

    // The rows of the newest content, in order; earlier ones may stand in between, where a file was read again.
    private static bool Contains(List<string> handedOut, string[] ids)
    {
        var next = 0;
        foreach (var id in handedOut)
        {
            next += next < ids.Length && id == ids[next] ? 1 : 0;
        }

        return next == ids.Length;
    }

    private static string Write(string cell, bool quotes) =>
        quotes || cell.AsSpan().ContainsAny(",\"\r\n\uFEFF") ? $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : cell;
}
