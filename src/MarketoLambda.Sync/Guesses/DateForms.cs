using System.Globalization;
using System.Text.Json.Nodes;
using MarketoLambda.Marketo.Records;
using MarketoLambda.Sync.Jobs;
using MarketoLambda.Sync.Sources;
using MarketoLambda.Sync.Values;

namespace MarketoLambda.Sync.Guesses;

/// <summary>Finds how the dates or times of a column are written.</summary>
internal static class DateForms
{
    /// <summary>Values that decide which ways are worth trying on all.</summary>
    private const int MaxDecisive = 300;

    private static readonly string[] Clocks = ["", " H:mm", " H:mm:ss", " h:mm tt", " h:mm:ss tt"];

    /// <summary>Order of the parts, and whether the day comes before the month; null where nobody takes it otherwise.</summary>
    private static readonly (string Days, bool? IsDayFirst)[] Orders =
    [
        ("d.M.yyyy", null), ("d/M/yyyy", true), ("M/d/yyyy", false), ("d-M-yyyy", true), ("M-d-yyyy", false), ("yyyy/M/d", null),
        ("yyyy.M.d", null), ("yyyyMMdd", null), ("d.M.yy", null), ("d/M/yy", true), ("M/d/yy", false),
    ];

    /// <summary>The best way; with others that are as good and mean something else.</summary>
    public static FieldForm Find(RecordField field, ColumnSample column, IReadOnlyList<ColumnValue> values, FormHints hints)
    {
        IReadOnlyList<ColumnValue> decisive = [.. values.Take(MaxDecisive)];
        var ways = Best([.. Texts(field, column, hints)], decisive);
        ways = ways.Count > 0 ? ways : Best([.. Words(field, column, hints)], decisive);
        ways = ways.Count > 0 ? ways : Best([.. Numbers(field, column, hints)], decisive);
        ways = Best(ways, values);
        if (ways.Count == 0)
        {
            FieldMapping plain = new(field.Name, column.Name);
            return FieldForm.From(new FormTrial(field, plain, hints.Conventions, values), column.Filled);
        }

        List<(Way Way, FormTrial Trial)> tried =
        [
            .. ways.OrderByDescending(way => way.IsDayFirst is { } first && first == hints.IsDayFirst)
                .Select(way => (way, way.Try(values))),
        ];
        var (best, bestTrial) = tried[0];
        var others = hints.IsDayFirst is null || best.IsDayFirst is null
            ? tried.Where(other => other.Trial.Contradicts(bestTrial)).DistinctBy(other => string.Join('|', other.Trial.Sent))
            : [];
        return Form(best, bestTrial, column, values) with
        {
            Others = [.. others.Select(other => Form(other.Way, other.Trial, column, values))],
        };
    }

    /// <summary>Whether a form was found that can only be read with the day, or the month, first; null where it says nothing.</summary>
    public static bool? OrderOf(FieldForm form) =>
        form.Others.Count > 0 || form.Settings.FirstOrDefault(setting => setting.Name == "format") is not { } format ? null
        : Orders.FirstOrDefault(order => format.Value.ToJsonString().Contains(order.Days, StringComparison.Ordinal)).IsDayFirst;

    private static List<Way> Best(IReadOnlyList<Way> ways, IReadOnlyList<ColumnValue> values)
    {
        var tried = ways.Select(way => (Way: way, way.Try(values).Fitting)).Where(way => way.Fitting > 0).ToList();
        var most = tried.Select(way => way.Fitting).DefaultIfEmpty().Max();
        return [.. tried.Where(way => way.Fitting == most).Select(way => way.Way)];
    }

    private static IEnumerable<Way> Texts(RecordField field, ColumnSample column, FormHints hints)
    {
        FieldMapping plain = new(field.Name, column.Name);
        yield return new Way(field, plain, hints.Conventions, []);
        var slash = hints.Conventions.Culture.DateTimeFormat.DateSeparator == "/" ? "/" : "'/'";
        foreach (var (days, isDayFirst) in Orders)
        {
            string[] formats = [.. Clocks.Select(clock => days.Replace("/", slash, StringComparison.Ordinal) + clock)];
            yield return new Way(field, plain with { Format = new TimeFormats(formats) }, hints.Conventions, formats)
            {
                IsDayFirst = isDayFirst,
            };
        }
    }

    private static IEnumerable<Way> Words(RecordField field, ColumnSample column, FormHints hints) =>
        KnownCultures.OfDates.Select(culture =>
            new Way(field, new FieldMapping(field.Name, column.Name) { Culture = culture }, hints.Conventions, []));

    private static IEnumerable<Way> Numbers(RecordField field, ColumnSample column, FormHints hints) =>
        new[] { NumericTime.Excel, NumericTime.Unix, NumericTime.UnixMilliseconds }.Select(format =>
            new Way(field, new FieldMapping(field.Name, column.Name, format), hints.Conventions, [format]) { IsNumber = true });

    private static FieldForm Form(Way way, FormTrial trial, ColumnSample column, IReadOnlyList<ColumnValue> values) =>
        FieldForm.From(trial, column.Filled, way.Settings(values)) with
        {
            Meaning = way.IsDayFirst switch
            {
                true => "the day comes first, then the month",
                false => "the month comes first, then the day",
                null when way.Mapping.Culture is { } culture => $"as in {culture.Name}",
                null => $"as in {string.Join(", ", way.Formats.DefaultIfEmpty("the source's culture"))}",
            },
        };

    /// <summary>One way to read the column.</summary>
    private sealed record Way(RecordField Field, FieldMapping Mapping, SourceConventions Conventions, IReadOnlyList<string> Formats)
    {
        public bool? IsDayFirst { get; init; }

        /// <summary>Any number is a time: only one of our days is likely.</summary>
        public bool IsNumber { get; init; }

        public FormTrial Try(IReadOnlyList<ColumnValue> values) =>
            new(Field, Mapping, Conventions, values, IsNumber ? IsLikely : null);

        public List<GuessedSetting> Settings(IReadOnlyList<ColumnValue> values)
        {
            List<GuessedSetting> settings = Mapping.Culture is { } culture ? [new GuessedSetting("culture", culture.Name)] : [];
            var needed = Needed(values);
            if (needed.Count > 0)
            {
                settings.Add(
                    new GuessedSetting(
                        "format",
                        needed.Count == 1 ? needed[0] : new JsonArray([.. needed.Select(format => (JsonNode)format)])));
            }

            return settings;
        }

        /// <summary>Those formats that some value needs.</summary>
        private List<string> Needed(IReadOnlyList<ColumnValue> values)
        {
            List<string> needed = [];
            foreach (var format in Formats)
            {
                var known = needed.Count == 0 ? 0 : Fitting(needed);
                if (Fitting([.. needed, format]) > known)
                {
                    needed.Add(format);
                }
            }

            return needed;

            long Fitting(IReadOnlyList<string> formats) =>
                new FormTrial(Field, Mapping with { Format = new TimeFormats(formats) }, Conventions, values).Fitting;
        }

        private static bool IsLikely(string sent) =>
            sent.Length > 4 && int.TryParse(sent.AsSpan(0, 4), CultureInfo.InvariantCulture, out var year) && year is >= 1950 and <= 2100;
    }
}
