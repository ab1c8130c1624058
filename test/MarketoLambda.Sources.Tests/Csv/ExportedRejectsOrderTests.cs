using System.Globalization;
using MarketoLambda.Emulator.Calls;
using MarketoLambda.Emulator.Faults;
using MarketoLambda.Testing;

namespace MarketoLambda.Sources.Tests.Csv;

/// <summary>
/// Random stories of files, late files and corrected exports under random names: an older version never ends on top of a newer one.
/// </summary>
public sealed class ExportedRejectsOrderTests
{
    private const int Keys = 5;
    private const int Stories = 40;

    // A version is its place in the source: number of the file, then of the row.
    private static int Version(int file, int row) => (file * 10) + row;

    [Fact]
    public void Values_of_a_record_only_become_newer_and_end_at_the_newest()
    {
        for (var seed = 0; seed < Stories; seed++)
        {
            Play(seed);
        }
    }

    private static void Play(int seed)
    {
        Random random = new(seed);
        using RejectHost host = new();
        Dictionary<string, int> newest = [];
        Dictionary<string, int> before = [];
        List<int> files = [.. Enumerable.Range(1, 8).OrderBy(_ => random.NextDouble() < 0.3 ? random.Next(9) : 0)];
        List<List<string>> sheets = [];
        for (var step = 0; step < files.Count; step++)
        {
            Drop(host, random, files[step], newest);
            if (random.Next(2) == 0)
            {
                FailNow(host, random);
                host.Run();
                Check(host, before, seed);
                sheets.Add(host.Export());
            }

            if (sheets.Count > 0 && random.Next(2) == 0)
            {
                host.Write($"{random.Next(10)}-fix{step}.csv", Correct(sheets[random.Next(sheets.Count)], random, share: 0.7));
            }

            Check(host, before, seed);
        }

        host.Scenario.Marketo.Faults.Clear();
        host.Run();
        Check(host, before, seed);
        host.Write("5-last.csv", Correct(host.Export(), random, share: 1));
        var report = host.Run();
        Check(host, before, seed);
        var open = host.Rejects().Where(row => !row.IsOver).ToList();
        Assert.True(
            open.TrueForAll(row => row.Key is null) && report.NoticeCount >= open.Count,
            $"seed {seed}: {string.Join(", ", open.Select(row => $"{row.Number} {row.Key} {row.Location}"))}; "
                + $"{string.Join(", ", report.Notices)}"
        );
        foreach (var (key, version) in newest)
        {
            Assert.True(host.Amount(key) == $"{version}", $"seed {seed}: {key} is {host.Amount(key)}, not {version}");
        }
    }

    // The key of a row that came without one.
    private static string Key(int version) => $"k{version % Keys}";

    private static string Mended(string line) => line.StartsWith(',')
        ? $"{Key(int.Parse(line.Split(',')[1], CultureInfo.InvariantCulture))}{line}"
        : line.Replace("bad", "", StringComparison.Ordinal);

    // One of the next calls that write records fails, before or after it did its work.
    private static void FailNow(RejectHost host, Random random)
    {
        if (random.Next(3) == 0)
        {
            host.Scenario.Marketo.Faults.On(
                CallKind.Sync,
                random.Next(2) == 0 ? Fault.Code("603") : Fault.TruncatedJson(),
                nth: random.Next(1, 4),
                objectName: SyncScenario.Product);
        }
    }

    private static void Drop(RejectHost host, Random random, int file, Dictionary<string, int> newest)
    {
        List<string> rows = [];
        for (var row = 1; row <= 3; row++)
        {
            var key = $"k{random.Next(Keys)}";
            var version = Version(file, row);
            var hasKey = random.Next(4) > 0;
            key = hasKey ? key : Key(version);
            newest[key] = Math.Max(version, newest.GetValueOrDefault(key));
            rows.Add(!hasKey ? $",{version}" : random.Next(3) == 0 ? $"{key},bad{version}" : $"{key},{version}");
        }

        host.Drop($"{file}.csv", rows);
    }

    private static IEnumerable<string> Correct(List<string> sheet, Random random, double share) =>
        [sheet[0], .. sheet.Skip(1).Select(line => random.NextDouble() < share ? Mended(line) : line).OrderBy(_ => random.Next())];

    private static void Check(RejectHost host, Dictionary<string, int> before, int seed)
    {
        for (var i = 0; i < Keys; i++)
        {
            if (host.Amount($"k{i}") is { } amount)
            {
                var version = int.Parse(amount, CultureInfo.InvariantCulture);
                Assert.True(
                    version >= before.GetValueOrDefault($"k{i}"),
                    $"seed {seed}: k{i} went from {before.GetValueOrDefault($"k{i}")} to {version}");
                before[$"k{i}"] = version;
            }
        }
    }
}
