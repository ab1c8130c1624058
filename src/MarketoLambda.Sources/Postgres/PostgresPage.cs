using MarketoLambda.Sources.Passes;

namespace MarketoLambda.Sources.Postgres;

/// <summary>A page of rows: as many as are worth a question, and never more text than fits in memory.</summary>
/// <param name="rows">In order; where more follow, the last one is only there to be compared with the one before.</param>
/// <param name="hasMore">More follow.</param>
internal sealed class PostgresPage(List<CursorRow> rows, bool hasMore)
{
    /// <summary>Rows of a page: enough that asking costs nothing, few enough to hold.</summary>
    public const int MaxRows = 2000;

    /// <summary>Characters of a page; what is fetched at once may exceed it.</summary>
    public const int MaxCharacters = 4_000_000;

    private const int FirstFetch = 20;
    private const int LargestFetch = 250;

    /// <summary>What is handed out.</summary>
    public CursorPage Handed => new(hasMore ? rows[..^1] : rows, hasMore);

    /// <summary>Two rows have the same place.</summary>
    public bool HasDuplicates => rows.Zip(rows.Skip(1)).Any(pair => pair.First.Place == pair.Second.Place);

    /// <summary>Reads until the page is full, in steps that follow the widest row seen so far, and at most as many as were seen.</summary>
    public static async Task<PostgresPage> ReadAsync(PostgresFetch<CursorRow> fetch, CancellationToken cancellationToken)
    {
        List<CursorRow> rows = [];
        var (characters, widest) = (0L, 1L);
        for (var count = FirstFetch; count > 0; count = Step(rows.Count, characters, widest))
        {
            var some = await fetch.NextAsync(count, cancellationToken);
            foreach (var row in some)
            {
                var width = Width(row);
                (characters, widest) = (characters + width, Math.Max(widest, width));
                rows.Add(row);
            }

            if (some.Count < count)
            {
                return new PostgresPage(rows, hasMore: false);
            }
        }

        return new PostgresPage(rows, hasMore: true);
    }

    private static int Step(int rows, long characters, long widest) => rows > MaxRows || (rows > 1 && characters >= MaxCharacters)
        ? 0
        : (int)Math.Clamp(Math.Min((MaxCharacters - characters) / widest, MaxRows + 1 - rows), 1, Math.Min(rows, LargestFetch));

    private static long Width(CursorRow row) => row.Place.Id.Length + row.Values.Sum(value => value is string text ? (long)text.Length : 0);
}
