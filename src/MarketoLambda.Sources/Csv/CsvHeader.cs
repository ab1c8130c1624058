using System.Globalization;
using MarketoLambda.Sources.Files;
using MarketoLambda.Sync.Rejects;
using MarketoLambda.Sync.Sources;
using MarketoLambda.Sync.Wording;

namespace MarketoLambda.Sources.Csv;

/// <summary>The column names of a file, compared as <see cref="HeaderName"/> says and without regard to case.</summary>
/// <remarks>
/// Columns without a name are allowed, and can never be asked for. A name appears in a message only where the line is known to be a
/// header, because some other needed column is in it: in a file without header, the "names" are a person's data.
/// </remarks>
internal sealed class CsvHeader
{
    private const int FarthestMisspelling = 2;

    private readonly SourceLocation _place;
    private readonly string[] _names;
    private readonly string[] _cells;
    private readonly HashSet<string> _known;
    private readonly ulong _beginnings;

    private CsvHeader(SourceLocation place, string[] cells)
    {
        _place = place;
        _cells = cells;
        _names = [.. cells.Select(HeaderName.Normal)];
        _known = new HashSet<string>(_cells, StringComparer.OrdinalIgnoreCase);
        _beginnings = cells.Aggregate(0UL, (all, cell) => all | BeginningOf(cell));
    }

    public int Count => _names.Length;

    /// <summary>Columns of one name that nobody asked for; null where there are none.</summary>
    public SourceNotice? Duplicates { get; private init; }

    /// <summary>Takes the row read last for the header, and makes sure that the needed columns are in it.</summary>
    /// <exception cref="SourceException">A needed one is missing, or there twice.</exception>
    public static CsvHeader Read(CsvRows rows, IReadOnlyList<string> needed, CancellationToken cancellationToken)
    {
        CsvHeader header = new(rows.Place, [.. Enumerable.Range(0, rows.CellCount).Select(ordinal => rows.Cell(ordinal).ToString())]);
        var duplicates = header._names.Index().Where(column => column.Item.Length > 0)
            .GroupBy(column => column.Item, column => column.Index + 1, StringComparer.OrdinalIgnoreCase)
            .Where(positions => positions.Count() > 1).ToList();
        if (rows.IsMisquoted && MissingColumn.OtherDelimiter(rows, needed) is null)
        {
            throw rows.Error(
                "is the header and has a quoted cell that goes on after its closing quote; write a quote inside quotes twice");
        }

        if (header.Lacking(needed) is { } lacking)
        {
            throw header.Error(
                MissingColumn.Explain(header, rows, lacking, needed, cancellationToken),
                $"{(header.HasAnyOf(needed) ? "the column's name in the job file" : "the job file")}, or correct the file");
        }

        if (duplicates.Find(positions => needed.Any(column => Names(positions.Key, column))) is { } duplicate)
        {
            throw header.Error(
                $"has the same name ({HeaderName.Shown(duplicate.Key)}) over the columns "
                    + $"{Quantity.List(duplicate.Select(position => position.ToString(CultureInfo.InvariantCulture)), " and ")}, and the "
                    + "job needs it; each needs its own",
                "the file");
        }

        return duplicates.Count == 0
            ? header
            : new CsvHeader(header._place, header._cells)
            {
                Duplicates = new SourceNotice(
                    header._place,
                    "repeated-column",
                    $"several columns have the same name "
                        + $"({Quantity.List(duplicates.Select(positions => HeaderName.Shown(positions.Key)))}); the job needs none of them"
                ),
            };
    }

    /// <summary>Where the columns stand, in the order asked for; all are there.</summary>
    public int[] Locate(IReadOnlyList<string> columns) => [.. columns.Select(Find)];

    /// <summary>Where rows name the rejects they correct; -1 in a file that was not exported for that.</summary>
    public int MarkOrdinal(IReadOnlyList<string> needed) =>
        Lacking(RejectMark.Columns) is null && !needed.Any(column => Names(RejectMark.Column, column)) ? Find(RejectMark.Column) : -1;

    /// <summary>The first of these columns that is not there; null where all are.</summary>
    public string? Lacking(IReadOnlyList<string> needed) => needed.FirstOrDefault(column => Find(column) < 0);

    /// <summary>Whether any of these columns is there.</summary>
    public bool HasAnyOf(IReadOnlyList<string> needed) => needed.Any(column => Find(column) >= 0);

    /// <summary>The columns for people.</summary>
    public string Shown => Quantity.List(_names.Select(HeaderName.Shown));

    /// <summary>A column whose name may have been meant; null where none is near.</summary>
    public string? Nearest(string column)
    {
        var name = HeaderName.Normal(column);
        var nearest = _names.Where(other => other.Length > 0).MinBy(other => EditDistance.Between(other, name));
        var farthest = Math.Min(FarthestMisspelling, column.Length / 2);
        return nearest is not null && EditDistance.Between(nearest, name) <= farthest ? nearest : null;
    }

    /// <summary>Whether the row read last is this header again.</summary>
    /// <exception cref="SourceException">It is, but with its columns in another order, and so are the rows below.</exception>
    public bool IsRepeatedBy(CsvRows rows) => rows.CellCount == Count && MayBeName(rows.Cell(0)) && HasTheseNames(rows);

    private bool HasTheseNames(CsvRows rows)
    {
        var isSame = true;
        for (var ordinal = 0; ordinal < Count; ordinal++)
        {
            if (!IsName(rows.Cell(ordinal)))
            {
                return false;
            }

            isSame &= rows.Cell(ordinal).Equals(_cells[ordinal], StringComparison.OrdinalIgnoreCase);
        }

        HashSet<string> others = new(
            Enumerable.Range(0, Count).Select(ordinal => rows.Cell(ordinal).ToString()), StringComparer.OrdinalIgnoreCase);
        return isSame || (others.SetEquals(_known) && others.Count == Count
            ? throw rows.Error("is a header again, with its columns in another order; two different files were put together")
            : false);
    }

    // Asked of every row: names that differ have different bits, nearly always.
    private bool MayBeName(ReadOnlySpan<char> cell) => (_beginnings & BeginningOf(cell)) != 0;

    private static ulong BeginningOf(ReadOnlySpan<char> cell) =>
        1UL << ((cell.Length + (cell.IsEmpty ? 0 : 7 * (char.IsAscii(cell[0]) ? cell[0] | 0x20 : 0))) & 63);

    private bool IsName(ReadOnlySpan<char> cell) => _known.GetAlternateLookup<ReadOnlySpan<char>>().Contains(cell);

    private static bool Names(string normal, string column) => normal.Equals(HeaderName.Normal(column), StringComparison.OrdinalIgnoreCase);

    private int Find(string column) => Array.FindIndex(_names, other => other.Length > 0 && Names(other, column));

    private SourceException Error(string problem, string correct) =>
        FileErrors.Create(new SourceLocation(_place.Container, 0), problem, correct: correct);
}
