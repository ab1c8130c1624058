using System.Globalization;
using System.Text.Json.Nodes;
using MarketoLambda.Marketo.Records;
using MarketoLambda.Sync.Sources;
using MarketoLambda.Sync.Wording;

namespace MarketoLambda.Sync.Guesses;

/// <summary>Guesses a whole job from the first rows of its source and the description of its target.</summary>
/// <param name="request">What is known.</param>
/// <param name="sample">Rows of the source.</param>
/// <param name="answers">Asked where a guess is open.</param>
public sealed class JobGuess(GuessRequest request, SourceSample sample, IGuessAnswers answers)
{
    private readonly List<GuessedSetting> _source = [.. request.Source.Settings];

    /// <summary>The job, as well as it can be guessed.</summary>
    public GuessedJob Find()
    {
        if (sample.HasExcelText)
        {
            _source.Add(new GuessedSetting("excelText", "unwrap") { Note = "some values are written for Excel, such as =\"0013\"" });
        }

        ColumnChoice choice = new(sample.Columns, answers);
        var choices = request.Description is { } description ? choice.Fill(description) : choice.Invent();
        var hints = new FormHints(new SourceConventions(FindCulture(choices), TimeZoneInfo.Utc));
        IReadOnlyList<FilledField> fields = [.. choices.Select(chosen => Fill(chosen, hints))];
        var order = fields.Select(field => DateForms.OrderOf(field.Form)).OfType<bool>().Distinct().ToList();
        if (order is [var isDayFirst])
        {
            hints = hints with { IsDayFirst = isDayFirst };
            fields = [.. choices.Select(chosen => Fill(chosen, hints))];
        }

        AddTimeZone(fields, hints);
        var named = choices.Where(chosen => chosen.IsKey).Select(chosen => chosen.Name);
        IReadOnlyList<string> keys = request.Description?.DedupeFields ?? [.. named];
        var filled = choices.Select(chosen => chosen.Name).ToHashSet(StringComparer.OrdinalIgnoreCase);
        return new GuessedJob(request.Name, _source, Key(keys), [.. fields.Select(Finished)])
        {
            Target = request.Target,
            IsTargetNew = request.Description is null,
            MatchesNothing = request.Description is not null && choices.All(chosen => chosen is { IsKey: true, IsUnsure: true }),
            LeftOut = [.. request.Source.Columns.Except(choices.Select(chosen => chosen.Column?.Name).OfType<string>())],
            Unfilled =
            [
                .. (request.Description?.Fields ?? []).Where(field => field.IsUpdateable && !filled.Contains(field.Name))
                    .Select(field => field.Name),
            ],
        };
    }

    private static FilledField Fill(ChosenColumn chosen, FormHints hints)
    {
        if (chosen.Column is not { } column)
        {
            return new FilledField(chosen, chosen.Field, new FieldForm([], 0, 0));
        }

        var (field, form) = chosen.Field is { } known
            ? (known, FieldForms.Find(known, column, hints))
            : TypeGuess.Find(chosen.Name, column, chosen.IsKey, any => FieldForms.Find(any, column, hints));
        return new FilledField(chosen, field, form);
    }

    private CultureInfo FindCulture(IReadOnlyList<ChosenColumn> choices)
    {
        if (!request.Source.HasCulture)
        {
            return KnownCultures.Plain;
        }

        var numbers = choices.Where(chosen => chosen.IsNumber).Select(chosen => chosen.Column).OfType<ColumnSample>().ToList();
        var best = NumberForms.Best(numbers);
        var chosen = best.Count == 1
            ? 0
            : answers.Choose(
                "How are numbers written in this source?",
                [.. best.Select(culture => $"{1234.5m.ToString("N1", culture)}{(culture.Name.Length == 0 ? "" : $" ({culture.Name})")}")]);
        var culture = best[chosen ?? 0];
        if (culture.Name.Length > 0)
        {
            _source.Add(new GuessedSetting("culture", culture.Name)
            {
                Note = $"numbers are written like {1234.5m.ToString("N1", culture)}"
                    + (chosen is null ? $"; they could also be read as in {Quantity.List(best.Skip(1).Select(Named), " or ")}" : ""),
                IsUnsure = chosen is null,
            });
        }

        return culture;
    }

    private static string Named(CultureInfo culture) => culture.Name.Length == 0 ? "no culture" : culture.Name;

    private void AddTimeZone(IReadOnlyList<FilledField> fields, FormHints hints)
    {
        var far = TimeZoneInfo.CreateCustomTimeZone("far", TimeSpan.FromHours(9), "far", "far");
        var elsewhere = hints with { Conventions = hints.Conventions with { TimeZone = far } };
        if (
            request.Source.HasTimeZone
            && !_source.Any(setting => setting.Name == "timeZone")
            && fields.Any(field => !field.Form.Sent.SequenceEqual(Fill(field.Chosen, elsewhere).Form.Sent)))
        {
            var zone = TimeZoneInfo.TryConvertWindowsIdToIanaId(request.Zone.Id, out var iana) ? iana : request.Zone.Id;
            _source.Add(new GuessedSetting("timeZone", zone)
            {
                Note = "some times do not say in which zone they are; this is the zone of the computer on which the job was written",
                IsUnsure = true,
            });
        }
    }

    private static GuessedSetting Key(IReadOnlyList<string> keys) =>
        new("key", keys.Count == 1 ? keys[0] : new JsonArray([.. keys.Select(key => (JsonNode)key)]));

    private GuessedField Finished(FilledField filled)
    {
        var (chosen, field, form) = filled;
        var (decided, doubt) = Decided(chosen, form);
        List<string> notes = [.. chosen.Notes, .. doubt is null ? (string[])[] : [doubt]];
        if (!decided.FitsAll)
        {
            notes.Add(
                $"{Quantity.Format(decided.Filled - decided.Fitting, "value")} of {decided.Filled} would be rejected, the first in "
                + $"{decided.FirstMisfit}: \"jobs check --all-rows\" says why");
        }

        notes.AddRange(decided.Settings.Select(setting => setting.Note).OfType<string>());
        notes.AddRange(request.Description is null && field is not null ? [$"type {field.TypeName}"] : []);
        return new GuessedField(chosen.Name, chosen.Column?.Name ?? ColumnChoice.Unknown, decided.Settings)
        {
            Notes = notes,
            IsUnsure = chosen.IsUnsure || doubt is not null || !decided.FitsAll || decided.Settings.Any(setting => setting.IsUnsure),
        };
    }

    /// <summary>The form that somebody chose; or else the first, and what is to be said of it.</summary>
    private (FieldForm Form, string? Doubt) Decided(ChosenColumn chosen, FieldForm form)
    {
        if (form.Others is not [var other, ..] || chosen.Column is not { } column)
        {
            return (form, null);
        }

        IReadOnlyList<FieldForm> all = [form, .. form.Others];
        var answer = answers.Choose(
            $"How are the dates of the column \"{column.Name}\" written?", [.. all.Select(one => one.Meaning ?? "as it stands")]);
        return answer is { } index
            ? (all[index], null)
            : (form, $"here {form.Meaning}; every value could also be read so: {other.Meaning}, {Text(other.Settings)}");
    }

    private static string Text(IReadOnlyList<GuessedSetting> settings) =>
        string.Join(", ", settings.Select(setting => $"\"{setting.Name}\": {setting.Value.ToJsonString()}"));

    private sealed record FilledField(ChosenColumn Chosen, RecordField? Field, FieldForm Form);
}
