using System.Globalization;
using MarketoLambda.Sync.Mapping;
using MarketoLambda.Sync.Sources;
using MarketoLambda.Sync.Values;

namespace MarketoLambda.Sources.Files;

/// <summary>Judges the rows of one file by their cursor, and finds how far the file moves the mark.</summary>
/// <remarks>
/// In the hour that a zone repeats in autumn a time without offset means two instants: the later one decides whether a row is skipped,
/// the earlier one how far the mark moves, so that neither can lose a row.
/// </remarks>
/// <param name="column">Where the cursor stands.</param>
/// <param name="mark">The mark as it was when the file began; the file's own rows do not move it.</param>
/// <param name="now">Cursors after this never move the mark.</param>
internal sealed class FileCursor(CursorColumn column, DateTimeOffset? mark, DateTimeOffset now)
{
    private DateTimeOffset? _highest;
    private readonly RowTally _empty = new("no-cursor", "no cursor, the first here; they are imported in every pass over the file");
    private readonly RowTally _future = new(
        "cursor-in-future", "a cursor in the future, the first here; they are imported but do not move the mark");

    public CursorColumn Column => column;

    /// <summary>Rows below the mark are handed out, too: some of them are wanted.</summary>
    public bool PassesAll { get; init; }

    /// <summary>The row judged last stands below the mark.</summary>
    public bool IsBelow { get; set; }

    /// <summary>The mark as it was when the file began.</summary>
    public DateTimeOffset? Mark => mark;

    /// <summary>The cursor of the row judged last; null where it has none.</summary>
    public DateTimeOffset? LatestValue { get; private set; }

    /// <summary>Decides about a row, in the order of the file.</summary>
    public CursorVerdict Judge(string cursor, SourceLocation place) => Judge(cursor, column.Format, place);

    /// <summary>The same where the file has a time and not a text of it.</summary>
    public CursorVerdict Judge(DateTime cursor, SourceLocation place) =>
        Judge(cursor.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF", CultureInfo.InvariantCulture), format: null, place);

    private CursorVerdict Judge(string cursor, TimeFormats? format, SourceLocation place)
    {
        (LatestValue, IsBelow) = (null, false);
        cursor = column.UnwrapsExcelText && ExcelText.TryUnwrap(cursor, out var meant) ? meant : cursor;
        if (column.IsEmpty(cursor) || IsBeforeYearOne(cursor.AsSpan().Trim()))
        {
            _empty.Add(place);
            return CursorVerdict.Import;
        }

        if (!SourceInstant.TryParse(cursor, format, column.Conventions, out var earlier, out var later))
        {
            return CursorVerdict.Unreadable;
        }

        LatestValue = earlier;
        if (earlier > now)
        {
            _future.Add(place);
        }
        else if (_highest is null || earlier > _highest)
        {
            _highest = earlier;
        }

        IsBelow = later < mark;
        return IsBelow && !PassesAll ? CursorVerdict.Skip : CursorVerdict.Import;
    }

    /// <summary>The mark once all rows are finished: whole seconds, rounded down, and never below <paramref name="before"/>.</summary>
    public DateTimeOffset? MarkAfter(DateTimeOffset? before)
    {
        if (_highest is not { } highest)
        {
            return before;
        }

        var seconds = WholeSeconds.Floor(highest);
        return before > seconds ? before : seconds;
    }

    /// <summary>What a person should know about the rows judged.</summary>
    public IEnumerable<SourceNotice> Notices => new[] { _empty.Notice, _future.Notice }.OfType<SourceNotice>();

    // Databases export "never" as the year 0, as one before Christ, or as the first day there is.
    private static bool IsBeforeYearOne(ReadOnlySpan<char> cursor) =>
        cursor.StartsWith("0000-") || cursor is "00000000" || cursor.StartsWith("0001-01-01")
        || IsNegativeYear(cursor) || cursor.EndsWith(" BC", StringComparison.OrdinalIgnoreCase);

    private static bool IsNegativeYear(ReadOnlySpan<char> cursor) =>
        cursor.Length > 5 && cursor[0] == '-' && cursor[5] == '-' && !cursor[1..5].ContainsAnyExceptInRange('0', '9');
}

/// <summary>What is to be done with a row.</summary>
internal enum CursorVerdict
{
    /// <summary>At or above the mark, or without a cursor.</summary>
    Import,

    /// <summary>Below the mark: it was imported before.</summary>
    Skip,

    /// <summary>Its cursor is no point in time.</summary>
    Unreadable,
}
