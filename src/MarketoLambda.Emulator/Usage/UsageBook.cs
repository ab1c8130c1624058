namespace MarketoLambda.Emulator.Usage;

/// <summary>Calls and errors of the last days. Guarded by the subscription's gate.</summary>
internal sealed class UsageBook
{
    /// <summary>Midnight CST in UTC, when the daily quota starts anew. Whether Adobe follows daylight saving time is unknown.</summary>
    private static readonly TimeSpan Midnight = TimeSpan.FromHours(6);

    private const int DaysKept = 8;

    private readonly Dictionary<DateOnly, UsageDay> _days = [];

    public static DateOnly DayOf(DateTimeOffset now) => DateOnly.FromDateTime((now.UtcDateTime - Midnight).Date);

    public int Total(DateTimeOffset now) => _days.TryGetValue(DayOf(now), out var day) ? day.Total : 0;

    public UsageDay Day(DateOnly date) => _days.TryGetValue(date, out var day) ? day : new UsageDay();

    public Tally Count(DateTimeOffset now, string? user)
    {
        var date = DayOf(now);
        if (!_days.TryGetValue(date, out var day))
        {
            _days.Add(date, day = new UsageDay());
            _days.Remove(date.AddDays(-DaysKept));
        }

        return new Tally(day, user ?? "unknown");
    }
}

/// <summary>Calls and errors of one quota day.</summary>
internal sealed class UsageDay
{
    public int Total { get; set; }

    public Dictionary<string, int> Users { get; } = [];

    public Dictionary<string, int> Errors { get; } = [];
}

/// <summary>One call in the book: counted on arrival, taken back when its answer turns out not to count.</summary>
internal sealed class Tally
{
    private readonly UsageDay _day;
    private readonly string _user;

    public Tally(UsageDay day, string user)
    {
        _day = day;
        _user = user;
        Add(1);
    }

    public void TakeBack() => Add(-1);

    public void CountError(string code) => _day.Errors[code] = _day.Errors.GetValueOrDefault(code) + 1;

    private void Add(int calls)
    {
        _day.Total += calls;
        _day.Users[_user] = _day.Users.GetValueOrDefault(_user) + calls;
    }
}
