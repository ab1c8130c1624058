using MarketoLambda.Sync.Logs;
using MarketoLambda.Sync.Sources;
using MarketoLambda.Sync.Wording;
using Microsoft.Extensions.Logging;

namespace MarketoLambda.Sync.Runs;

/// <summary>
/// What the source had to say in a run: each notice is logged and counted when it is seen, so that it outlives a run that dies.
/// </summary>
/// <remarks>A source that is read anew, as after a stale warm start, says the same again: that counts once. Memory is bounded.</remarks>
internal sealed class RunNotices(string job, ILogger logger)
{
    /// <summary>So many are kept and logged as they are; of the others only the number is known.</summary>
    public const int Max = 100;

    private const int MaxRemembered = 10_000;
    private const int MaxCodes = 10;
    private const int MaxLocation = 255;

    private readonly HashSet<(string Code, string Location)> _logged = [];
    private readonly HashSet<(string Code, string Location)> _seen = [];
    private readonly SortedDictionary<string, long> _counts = new(StringComparer.Ordinal);
    private readonly List<RunNotice> _first = [];

    /// <summary>All of them.</summary>
    public long Count { get; private set; }

    /// <summary>The first <see cref="Max"/>, in order.</summary>
    public IReadOnlyList<RunNotice> First => _first;

    /// <summary>For the state record: how many of which kind, and the first sentence; empty where there are none.</summary>
    public string Summary => _first is [var first, ..] ? Head(first) + first.Message : "";

    /// <summary>The source is read from the start: what it said before does not count.</summary>
    public void ReplaceAll(IEnumerable<SourceNotice> notices)
    {
        Count = 0;
        _seen.Clear();
        _counts.Clear();
        _first.Clear();
        foreach (var notice in notices)
        {
            Add(notice);
        }
    }

    public void Add(SourceNotice notice)
    {
        var (code, location) = (notice.Code, notice.Location.ToString());
        if (_seen.Contains((code, location)))
        {
            return;
        }

        Remember(_seen, (code, location));
        Count++;
        _counts[code] = _counts.GetValueOrDefault(code) + 1;
        RunNotice kept = new(code, location, notice.Message);
        if (_first.Count < Max)
        {
            _first.Add(kept);
        }

        Log(kept);
    }

    /// <summary>
    /// A summary that was stored says this too. A sentence may name the time or a number that moves on: the kinds, their counts and the
    /// first place decide.
    /// </summary>
    public bool SayTheSameAs(string stored)
    {
        if (_first is not [var first, ..])
        {
            return stored.Length == 0;
        }

        var head = Head(first);
        var isCut = stored.Length > 1 && stored.EndsWith('…'); // by a short field
        return stored.StartsWith(head, StringComparison.Ordinal) || (isCut && head.StartsWith(stored[..^1], StringComparison.Ordinal));
    }

    private void Log(RunNotice notice)
    {
        if (_logged.Contains((notice.Code, notice.Location)))
        {
            return;
        }

        Remember(_logged, (notice.Code, notice.Location));
        RunInstruments.Noticed(job, notice.Code);
        if (_logged.Count <= Max)
        {
            logger.Noticed(job, notice.Code, notice.Location, notice.Message);
        }
        else if (_logged.Count == Max + 1)
        {
            logger.MoreNotices(job, notice.Code, Max);
        }
    }

    private string Head(RunNotice first)
    {
        var codes = string.Join(", ", _counts.Take(MaxCodes).Select(pair => $"{pair.Key} {pair.Value}"));
        var place = Excerpt.Show(first.Location, MaxLocation);
        return $"{Quantity.Format(Count, "notice")} ({codes}{(_counts.Count > MaxCodes ? ", …" : "")}): {place}: ";
    }

    private static void Remember(HashSet<(string Code, string Location)> set, (string Code, string Location) what)
    {
        if (set.Count < MaxRemembered)
        {
            set.Add(what);
        }
    }
}
