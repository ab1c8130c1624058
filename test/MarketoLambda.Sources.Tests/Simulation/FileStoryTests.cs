using System.Globalization;
using MarketoLambda.Sources.Csv;
using MarketoLambda.Sources.Tests.Support;
using MarketoLambda.Sync.Runs;
using MarketoLambda.Sync.State;
using MarketoLambda.Testing;

namespace MarketoLambda.Sources.Tests.Simulation;

/// <summary>
/// What people and programs do to a folder, drawn from a seed, while Marketo fails: new, late, replaced, repaired, renamed and re-timed
/// files, backups, patterns that fit fewer files for a while, and runs that die. In the end Marketo holds of every key what the greatest
/// name says, and nothing is lost, read twice or taken for finished.
/// </summary>
public sealed class FileStoryTests(ITestOutputHelper output)
{
    private const int Stories = 40;
    private const int FilesBefore = 70;

    [Fact]
    public void Whatever_happens_to_the_files_the_greatest_name_has_the_last_word_and_nothing_is_lost()
    {
        // Given
        List<string> findings = [];
        Dictionary<string, int> told = [];
        // When
        for (var seed = 0; seed < Stories; seed++)
        {
            FileStory story = new(seed, told);
            findings.AddRange(story.Tell().Select(finding => $"seed {story.Seed}: {finding}"));
        }

        // Then
        output.WriteLine(
            string.Join(", ", told.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => $"{pair.Key} {pair.Value}")));
        Assert.True(findings.Count == 0, string.Join(Environment.NewLine, findings.Take(20)));
        Assert.Equal(
            ["aborted", "backup", "broken", "late", "narrowed", "new", "refused", "renamed", "repaired", "replaced", "retimed"],
            told.Keys.Order(StringComparer.Ordinal));
    }

    private sealed class FileStory
    {
        private readonly Random _random;
        private readonly Dictionary<string, int> _told;
        private readonly MemoryFolder _folder = new();
        private readonly SwappedTime _time = new();
        private readonly SyncScenario _scenario;
        private readonly Dictionary<string, (string File, string Value)> _expected = [];
        private readonly HashSet<string> _inDoubt = [];
        private int _value;
        private int _top = 100;

        public FileStory(int seed, Dictionary<string, int> told)
        {
            (Seed, _told, _random) = (seed, told, new Random(seed));
            _scenario = new SyncScenario(Files("*.csv")).Initialized();
            _time.Inner = _scenario.Time;
            for (var file = 0; file < FilesBefore; file++)
            {
                Write(NewName());
            }
        }

        public int Seed { get; }

        public List<string> Tell()
        {
            List<string> findings = [.. Settle()];
            for (var chapter = 0; chapter < 12 && findings.Count == 0; chapter++)
            {
                _scenario.Time.Advance(TimeSpan.FromMinutes(10));
                Happen();
                if (_random.Next(3) == 0)
                {
                    Told("aborted");
                    _scenario.Marketo.Options.Latency = TimeSpan.FromSeconds(1);
                    _scenario.RunUntilAborted(TimeSpan.FromSeconds(_random.Next(1, 20)));
                    _scenario.Marketo.Options.Latency = TimeSpan.Zero;
                    _scenario.Time.Advance(TimeSpan.FromHours(13));
                }
                else if (_random.Next(2) == 0)
                {
                    _scenario.Marketo.Faults.Random(_random.Next(), 0.3);
                    _scenario.RunOnce();
                    _scenario.Marketo.Faults.Clear();
                    _scenario.Time.Advance(TimeSpan.FromHours(2));
                }

                findings.AddRange(Settle());
            }

            return findings;
        }

        private void Happen()
        {
            var names = _folder.Names.Where(name => !name.EndsWith('~')).Order(StringComparer.Ordinal).ToList();
            var name = names[_random.Next(names.Count)];
            switch (_random.Next(9))
            {
                case 0:
                    Told("new");
                    Write(NewName());
                    break;
                case 1:
                    Told("late");
                    Write($"{Path.GetFileNameWithoutExtension(name)}-late{_value}.csv");
                    break;
                case 2:
                    Told("replaced");
                    Write(name);
                    break;
                case 3:
                    Told("retimed");
                    _folder.Write(name, _folder.Text(name), _scenario.Time.GetUtcNow());
                    break;
                case 4:
                    Told("backup");
                    _folder.Write($"{name}~", $"Key,Value\n{Key()},999999\n", _scenario.Time.GetUtcNow());
                    break;
                case 5:
                    Told("renamed");
                    Rename(name);
                    break;
                case 6:
                    Told("broken");
                    Break($"{Path.GetFileNameWithoutExtension(name)}-broken{_value}.csv");
                    break;
                case 7:
                    Told("narrowed");
                    Write($"{Path.GetFileNameWithoutExtension(name)}-late{_value}.csv");
                    Write(NewName());
                    Narrow();
                    break;
                default:
                    Told("new");
                    Write(NewName());
                    Write($"{Path.GetFileNameWithoutExtension(name)}-late{_value}.csv");
                    Told("late");
                    break;
            }
        }

        // Refused as the message says, moved out, and put back later with the time of change it had.
        private void Break(string name)
        {
            var at = _scenario.Time.GetUtcNow();
            _folder.Write(name, "Key,Value\n\"k", at);
            _scenario.RunOnce();
            _folder.Remove(name);
            Write(NewName());
            _scenario.Run();
            _scenario.Time.Advance(TimeSpan.FromMinutes(10));
            Told("repaired");
            Write(name, at);
        }

        // Files that do not fit for a while are neither finished nor forgotten.
        private void Narrow()
        {
            var job = _scenario.Job;
            _scenario.Job = job with { Source = Files("rows-????.csv") };
            _scenario.RunOnce();
            _scenario.Job = job;
            _scenario.Time.Advance(TimeSpan.FromHours(1));
        }

        private CsvFolderSource Files(string pattern) =>
            new(_folder, Drop.Options with { SettleTime = TimeSpan.Zero, Patterns = [pattern] }, _time);

        private void Rename(string name)
        {
            var text = _folder.Text(name);
            var other = NewName();
            _folder.Remove(name);
            _folder.Write(other, text, _scenario.Time.GetUtcNow());
            foreach (var row in text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1))
            {
                _expected[row.Split(',')[0]] = (other, row.Split(',')[1]);
            }
        }

        private void Write(string name, DateTimeOffset? at = null)
        {
            var rows = Enumerable
                .Range(0, _random.Next(1, 5))
                .Select(_ => (Key: Key(), Value: (++_value).ToString(CultureInfo.InvariantCulture)))
                .ToList();
            _folder.Write(
                name,
                "Key,Value\n" + string.Concat(rows.Select(row => $"{row.Key},{row.Value}\n")),
                at ?? _scenario.Time.GetUtcNow());
            foreach (var (key, value) in rows)
            {
                if (!IsInAGreaterName(name, key))
                {
                    _expected[key] = (name, value);
                }
            }
        }

        // A file counts with the content that it has now.
        private bool IsInAGreaterName(string name, string key) =>
            _folder.Names.Any(other =>
                !other.EndsWith('~')
                && string.CompareOrdinal(other, name) > 0
                && _folder.Text(other).Contains($"\n{key},", StringComparison.Ordinal));

        // Runs until nothing is left; a late file whose place in the order cannot be told is taken out, as the message says.
        private IEnumerable<string> Settle()
        {
            SyncReport report;
            var tries = 0;
            while ((report = _scenario.Run()).Outcome != RunOutcome.NothingNew && ++tries < 8)
            {
                if (report.Error?.Contains("not all of those are here any more", StringComparison.Ordinal) is true)
                {
                    Told("refused");
                    TakeOut(report.Error[..report.Error.IndexOf(' ', StringComparison.Ordinal)]);
                }

                _scenario.Time.Advance(TimeSpan.FromHours(1));
            }

            if (report.Outcome != RunOutcome.NothingNew)
            {
                return [$"after {tries} runs it is still {report.Outcome}: {report.Error}"];
            }

            var records = _scenario.Marketo.Records(SyncScenario.Product).ToDictionary(record => record.Key, record => record["amount"]);
            return _expected.Where(pair => records.GetValueOrDefault(pair.Key) != pair.Value.Value && !_inDoubt.Contains(pair.Key))
                .Select(pair => $"{pair.Key} holds {records.GetValueOrDefault(pair.Key)}, but {pair.Value.File} says {pair.Value.Value}");
        }

        private void TakeOut(string name)
        {
            _folder.Remove(name);
            _inDoubt.UnionWith(_expected.Where(pair => pair.Value.File == name).Select(pair => pair.Key));
        }

        private string NewName() => string.Create(CultureInfo.InvariantCulture, $"rows-{++_top:0000}.csv");

        private string Key() => $"k{_random.Next(60)}";

        private void Told(string what) => _told[what] = _told.GetValueOrDefault(what) + 1;
    }
}
