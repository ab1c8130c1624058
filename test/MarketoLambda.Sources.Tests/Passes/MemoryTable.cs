using System.Globalization;
using MarketoLambda.Sources.Passes;
using MarketoLambda.Sync.Sources;

namespace MarketoLambda.Sources.Tests.Passes;

/// <summary>A table in memory, with a clock of its own; as a source it is read in passes.</summary>
internal sealed class MemoryTable : ISource
{
    private readonly SortedDictionary<string, Row> _rows = new(StringComparer.Ordinal);

    public string Description => "a table in memory";

    public SourceConventions Conventions => SourceConventions.Invariant;

    public bool HasCursor => true;

    public PassOptions Options { get; set; } = new();

    /// <summary>The source's clock.</summary>
    public Func<DateTimeOffset> Clock { get; set; } = () => Noon;

    public DateTimeOffset? OldestWriter { get; set; }

    /// <summary>Of a replica: when the last transaction was committed that it shows.</summary>
    public Func<DateTimeOffset?> Shown { get; set; } = () => null;

    /// <summary>What a table whose ids cannot be compared takes the place for that it is asked to go on behind.</summary>
    public Func<CursorPlace?, CursorPlace?> Mistake { get; set; } = place => place;

    public int RowsPerPage { get; init; } = 3;

    /// <summary>Called before each page is read, with its number in the reader, from 1.</summary>
    public Action<int> BeforePage { get; set; } = _ => { };

    /// <summary>Looks at the clock, and pages read, of all readers.</summary>
    public (int Looks, int Pages) Calls { get; private set; }

    public IEnumerable<Row> Rows => _rows.Values;

    public static DateTimeOffset Noon { get; } = new(2026, 11, 4, 12, 0, 0, TimeSpan.Zero);

    /// <summary>A row appears, or is changed; without a stamp it has no cursor.</summary>
    public MemoryTable Put(string id, DateTimeOffset? stamp, params object?[] values)
    {
        _rows[id] = new Row(id, stamp, values.Length == 0 ? [id] : values);
        return this;
    }

    public void Remove(string id) => _rows.Remove(id);

    public Task<ISourceReader> OpenAsync(ReadRequest request, CancellationToken cancellationToken) =>
        Task.FromResult<ISourceReader>(PassReader.Open(new Cursor(this), Options, request));

    internal sealed record Row(string Id, DateTimeOffset? Stamp, object?[] Values);

    private sealed class Cursor(MemoryTable table) : ICursorTable
    {
        private int _pages;

        public string Name => "products";

        public string CursorName => "changed_at";

        public ValueTask<TableProbe> ProbeAsync(CancellationToken cancellationToken)
        {
            table.Calls = table.Calls with { Looks = table.Calls.Looks + 1 };
            var now = table.Clock();
            return new(new TableProbe(now)
            {
                OldestWriter = table.OldestWriter,
                Shown = table.Shown(),
                RowsWithoutCursor = table.Rows.Count(row => row.Stamp is null),
                RowsInFuture = table.Rows.Count(row => row.Stamp > now.AddHours(1)),
            });
        }

        public ValueTask<CursorPage> ReadPageAsync(PassBounds bounds, CursorPlace? after, CancellationToken cancellationToken)
        {
            table.Calls = table.Calls with { Pages = table.Calls.Pages + 1 };
            table.BeforePage(++_pages);
            after = table.Mistake(after);
            var rows = table.Rows
                .Where(row => row.Stamp is not null && !(row.Stamp < bounds.Lower) && row.Stamp < bounds.Upper)
                .Select(row => new CursorRow(new CursorPlace(row.Stamp!.Value.UtcDateTime, row.Id), row.Stamp.Value, row.Values))
                .OrderBy(row => row.CursorValue)
                .ThenBy(row => row.Place.Id, StringComparer.Ordinal)
                .Where(row =>
                    after is null
                    || row.Place.Cursor > after.Cursor
                    || (row.Place.Cursor == after.Cursor && string.CompareOrdinal(row.Place.Id, after.Id) > 0))
                .ToList();
            return new(new CursorPage([.. rows.Take(table.RowsPerPage)], rows.Count >= table.RowsPerPage));
        }

        public ValueTask DisposeAsync() => default;
    }
}

/// <summary>Short ways to read a source and to write times.</summary>
internal static class PassReading
{
    public static async Task<(List<SourceItem> Items, List<Checkpoint> Positions, Checkpoint End, SourceProgress Progress)> ReadAsync(
        this ISource source,
        Checkpoint? from = null,
        int most = int.MaxValue,
        int capacity = 1000,
        DateTimeOffset? until = null,
        params string[] columns)
    {
        await using var reader = await source.OpenAsync(
            new ReadRequest(from ?? Checkpoint.Start, columns.Length == 0 ? ["id"] : columns, capacity) { Until = until },
            TestContext.Current.CancellationToken);
        List<SourceItem> items = [];
        List<Checkpoint> positions = [];
        while (items.Count < most && await reader.ReadAsync(TestContext.Current.CancellationToken) is { } item)
        {
            items.Add(item);
            positions.Add(reader.Position);
        }

        return (items, positions, reader.Position, reader.Progress);
    }

    public static string[] Ids(this IEnumerable<SourceItem> items) =>
        [.. items.OfType<SourceRecord>().Select(record => (string)record.Values[0]!)];

    public static string[] Notices(this IEnumerable<SourceItem> items) =>
        [.. items.OfType<SourceNotice>().Select(notice => $"{notice.Location}: {notice.Message}")];

    /// <summary>A time of the fourth of November.</summary>
    public static DateTimeOffset At(string time) => DateTimeOffset.Parse($"2026-11-04T{time}Z", CultureInfo.InvariantCulture);
}
