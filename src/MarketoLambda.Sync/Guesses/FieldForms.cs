using System.Text.Json.Nodes;
using MarketoLambda.Marketo.Records;
using MarketoLambda.Sync.Jobs;

namespace MarketoLambda.Sync.Guesses;

/// <summary>Finds how the values of a column become those of a field.</summary>
internal static class FieldForms
{
    /// <summary>The best way that the product's own converter knows.</summary>
    public static FieldForm Find(RecordField field, ColumnSample column, FormHints hints)
    {
        if (IsText(field))
        {
            return Text(field, column, hints);
        }

        var markers = NullMarkers.Setting(column.Values);
        var values = NullMarkers.Without(column.Values);
        var form = field.DataType switch
        {
            DataType.Boolean => BooleanWords.Form(field, column, values, hints.Conventions),
            DataType.Date or DataType.DateTime => DateForms.Find(field, column, values, hints),
            _ => NumberForms.Find(field, column, values, hints),
        };
        return markers is null ? form : WithMarkers(form, markers, column, values);
    }

    /// <summary>Values are sent as they stand.</summary>
    public static bool IsText(RecordField field) =>
        field.DataType is not (
            DataType.Boolean or DataType.Date or DataType.DateTime or DataType.Integer or DataType.Score or DataType.Percent
            or DataType.Float or DataType.Currency);

    private static FieldForm WithMarkers(
        FieldForm form, GuessedSetting markers, ColumnSample column, IReadOnlyList<ColumnValue> values)
    {
        var nothing = column.Filled - values.Sum(value => value.Count);
        return form with
        {
            Settings = [.. form.Settings, markers],
            Fitting = form.Fitting + nothing,
            Others =
            [
                .. form.Others.Select(other =>
                    other with { Settings = [.. other.Settings, markers], Fitting = other.Fitting + nothing }),
            ],
        };
    }

    // Outer blanks would make another key, and nobody means them.
    private static FieldForm Text(RecordField field, ColumnSample column, FormHints hints)
    {
        var hasBlanks = column.Values.Any(value => value.Value is string text && text.Length != text.Trim().Length);
        GuessedSetting trim = new("trim", JsonValue.Create(true)) { Note = "some values have blanks around them" };
        FormTrial trial = new(field, new FieldMapping(field.Name, column.Name), hints.Conventions, column.Values);
        return FieldForm.From(trial, column.Filled, hasBlanks ? [trim] : []);
    }
}
