using System.Globalization;
using System.Text;
using MarketoLambda.Sync;
using MarketoLambda.Sync.Jobs;
using MarketoLambda.Sync.Reading;

namespace MarketoLambda.Sources.Csv;

/// <summary>The column names of a file. They are compared without regard to case, outer blanks and Unicode form.</summary>
/// <remarks>
/// Columns without a name are allowed, and can never be asked for. A name appears in a message only where the line is known to be a
/// header, because some other needed column is in it: in a file without header, the "names" are a person's data.
/// </remarks>
internal sealed class CsvHeader
{
    private const int FarthestMisspelling = 2;

    private readonly string _file;
    private readonly string[] _names;

    private CsvHeader(string file, string[] names)
    {
        _file = file;
        _names = names;
    }

    public int Count => _names.Length;

    /// <summary>Reads the header line and makes sure that the needed columns are in it.</summary>
    /// <exception cref="SourceException">There is none, two columns have the same name, or a needed one is missing.</exception>
    public static CsvHeader Read(string file, CsvRows rows, IReadOnlyList<string> needed)
    {
        if (!rows.Read())
        {
            throw CsvRefusal.Of(new SourceLocation(file, 0), "is empty; even a file without rows needs its header line");
        }

        var header = new CsvHeader(file, [.. Enumerable.Range(0, rows.CellCount).Select(ordinal => Normal(rows.Cell(ordinal).ToString()))]);
        header.RefuseTwins(needed);
        header.Locate(needed);
        return header;
    }

    /// <summary>Where the columns stand, in the order asked for.</summary>
    /// <exception cref="SourceException">One is missing.</exception>
    public int[] Locate(IReadOnlyList<string> columns)
    {
        var ordinals = columns.Select(Find).ToArray();
        var missing = Array.IndexOf(ordinals, -1);
        return missing < 0 ? ordinals : throw CsvRefusal.Of(
            new SourceLocation(_file, 0), Missing(columns[missing], ordinals), correct: "the column's name in the job file, or correct the file");
    }

    private string Missing(string column, int[] ordinals)
    {
        var nearest = _names.Where(name => name.Length > 0).MinBy(name => EditDistance.Between(name, Normal(column)));
        var isNear = nearest is not null && EditDistance.Between(nearest, Normal(column)) <= Math.Min(FarthestMisspelling, column.Length / 2);
        if (!isNear && ordinals.All(ordinal => ordinal < 0))
        {
            return $"has no column \"{column}\", nor any other of the needed ones; its first line must be a header, "
                + $"and this one has {Quantity.Of(Count, "cell")}: check the delimiter too";
        }

        var hint = isNear ? $" (did you mean \"{nearest}\"?)" : "";
        return $"has no column \"{column}\"{hint}; its columns are {Quantity.List(_names.Select(name => $"\"{name}\""))}";
    }

    private void RefuseTwins(IReadOnlyList<string> needed)
    {
        var twins = _names.Index().Where(column => column.Item.Length > 0)
            .GroupBy(column => column.Item, column => column.Index + 1, StringComparer.OrdinalIgnoreCase)
            .FirstOrDefault(positions => positions.Count() > 1);
        if (twins is not null)
        {
            var isHeader = needed.Any(column => Find(column) >= 0);
            var name = isHeader ? $" (\"{twins.Key}\")" : "";
            throw CsvRefusal.Of(new SourceLocation(_file, 0), $"has the same name{name} over the columns {Quantity.List(twins.Select(position => position.ToString(CultureInfo.InvariantCulture)), " and ")}; each needs its own");
        }
    }

    private int Find(string column)
    {
        var name = Normal(column);
        return Array.FindIndex(_names, other => other.Equals(name, StringComparison.OrdinalIgnoreCase));
    }

    private static string Normal(string name) => name.Trim().Normalize(NormalizationForm.FormC);
}
