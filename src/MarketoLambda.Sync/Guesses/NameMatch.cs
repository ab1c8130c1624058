using MarketoLambda.Marketo.Records;
using MarketoLambda.Sync.Wording;

namespace MarketoLambda.Sync.Guesses;

/// <summary>A column and the field that it rather fills than any other.</summary>
/// <param name="Column">The column.</param>
/// <param name="Field">The field.</param>
/// <param name="Likeness">How alike the names are.</param>
internal sealed record NameMatch(ColumnSample Column, RecordField Field, NameLikeness Likeness)
{
    /// <summary>Every column with at most one field, and every field with at most one column; the most alike first.</summary>
    /// <param name="columns">Columns of the source.</param>
    /// <param name="fields">Fields that may be filled.</param>
    /// <param name="fits">Whether nearly all values of the column fit the field; asked where the names are not the same.</param>
    public static IReadOnlyList<NameMatch> Find(
        IReadOnlyList<ColumnSample> columns, IReadOnlyList<RecordField> fields, Func<ColumnSample, RecordField, bool> fits)
    {
        var candidates = columns
            .SelectMany(column => fields.Select(field => new NameMatch(column, field, Compare(column.Name, field))))
            .Where(match => match.Likeness != NameLikeness.None)
            .OrderByDescending(match => match.Likeness);
        HashSet<ColumnSample> usedColumns = [];
        HashSet<RecordField> usedFields = [];
        List<NameMatch> found = [];
        foreach (var match in candidates)
        {
            var isFree = !usedColumns.Contains(match.Column) && !usedFields.Contains(match.Field);
            if (isFree && (match.Likeness == NameLikeness.Same || fits(match.Column, match.Field)))
            {
                usedColumns.Add(match.Column);
                usedFields.Add(match.Field);
                found.Add(match);
            }
        }

        return found;
    }

    private static NameLikeness Compare(string column, RecordField field) =>
        new[] { Compare(column, field.Name), Compare(column, field.DisplayName) }.Max();

    private static NameLikeness Compare(string column, string name)
    {
        var (left, right) = (NameWords.Joined(column), NameWords.Joined(name));
        if (left.Length == 0 || right.Length == 0)
        {
            return NameLikeness.None;
        }

        if (left == right)
        {
            return NameLikeness.Same;
        }

        var (meantLeft, meantRight) = (NameWords.Meant(column), NameWords.Meant(name));
        return meantLeft.Count > 0 && string.Concat(meantLeft) == string.Concat(meantRight) ? NameLikeness.SameWords
            : NearName.Find(left, [right]) is not null && Math.Min(left.Length, right.Length) >= 5 ? NameLikeness.Near
            : meantLeft.Count > 0 && meantRight.Count > 0 && (IsPart(meantLeft, meantRight) || IsPart(meantRight, meantLeft))
                ? NameLikeness.Part
            : NameLikeness.None;
    }

    private static bool IsPart(IReadOnlyList<string> few, IReadOnlyList<string> many) => few.All(many.Contains);
}

/// <summary>How alike two names are.</summary>
internal enum NameLikeness
{
    None,

    /// <summary>All words of one are among those of the other.</summary>
    Part,

    /// <summary>A letter or two differ, or one is the beginning of the other.</summary>
    Near,

    /// <summary>The same words in another language, or with others that make no difference.</summary>
    SameWords,

    /// <summary>The same but for casing, blanks and accents.</summary>
    Same,
}
