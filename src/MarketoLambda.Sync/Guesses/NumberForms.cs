using System.Globalization;
using MarketoLambda.Marketo.Records;
using MarketoLambda.Sync.Jobs;
using MarketoLambda.Sync.Sources;

namespace MarketoLambda.Sync.Guesses;

/// <summary>Finds how numbers are written: of a whole source, and of a column that differs from it.</summary>
internal static class NumberForms
{
    private const int MaxDigits = 15;

    /// <summary>Stands for any number.</summary>
    private static readonly RecordField AnyNumber = new("number", "number", "float", Length: null, IsUpdateable: true);

    /// <summary>The best way to write all these numbers: the first; the others are as good, but make other numbers of them.</summary>
    public static IReadOnlyList<CultureInfo> Best(IReadOnlyList<ColumnSample> columns)
    {
        List<ColumnValue> values = [.. columns.SelectMany(column => NullMarkers.Without(column.Values))];
        var tried = KnownCultures.OfNumbers.Prepend(KnownCultures.Plain).Select(culture => (Culture: culture, Trial: Try(values, culture)))
            .ToList();
        var most = tried.Max(way => way.Trial.Fitting);
        var best = tried.First(way => way.Trial.Fitting == most);
        return
        [
            best.Culture,
            .. tried.Where(way => way.Trial.Fitting == most && way.Trial.Contradicts(best.Trial)).Select(way => way.Culture),
        ];
    }

    /// <summary>Whether all values are numbers in some way of writing, and none is a code such as 0013 or of very many digits.</summary>
    public static bool AreNumbers(ColumnSample column)
    {
        var values = NullMarkers.Without(column.Values);
        return values.Count > 0
            && !values.Any(IsCode)
            && KnownCultures.OfNumbers.Prepend(KnownCultures.Plain).Any(culture => Try(values, culture).FirstMisfit is null);
    }

    /// <summary>How the numbers of one column are written: as the source's, or else in some other way.</summary>
    public static FieldForm Find(RecordField field, ColumnSample column, IReadOnlyList<ColumnValue> values, FormHints hints)
    {
        FieldMapping plain = new(field.Name, column.Name);
        var best = FieldForm.From(new FormTrial(field, plain, hints.Conventions, values), column.Filled);
        foreach (var culture in KnownCultures.OfNumbers.Where(_ => best.FirstMisfit is not null))
        {
            FormTrial trial = new(field, plain with { Culture = culture }, hints.Conventions, values);
            best = trial.Fitting > best.Fitting
                ? FieldForm.From(trial, column.Filled, new GuessedSetting("culture", culture.Name))
                : best;
        }

        return best;
    }

    private static FormTrial Try(IReadOnlyList<ColumnValue> values, CultureInfo culture) =>
        new(AnyNumber, new FieldMapping(AnyNumber.Name, ""), new SourceConventions(culture, TimeZoneInfo.Utc), values);

    /// <summary>Digits that are no number: 0013, and more of them than a number keeps.</summary>
    public static bool IsCode(ColumnValue value) =>
        value.Value is string text
        && text.Trim() is { Length: > 1 } digits
        && digits.All(char.IsAsciiDigit)
        && (digits[0] == '0' || digits.Length > MaxDigits);
}
