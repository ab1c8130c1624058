using MarketoLambda.Marketo.Records;
using MarketoLambda.Sync.Sources;

namespace MarketoLambda.Sync.Guesses;

/// <summary>Chooses which column fills which field.</summary>
/// <param name="columns">Columns of the source.</param>
/// <param name="answers">Asked where a guess is open.</param>
internal sealed class ColumnChoice(IReadOnlyList<ColumnSample> columns, IGuessAnswers answers)
{
    /// <summary>Stands in the job file for a column that nobody knows.</summary>
    public const string Unknown = "CHECK: which column?";

    private const string LeaveOut = "leave it out";

    /// <summary>Words of names that rather identify a record than others; the likeliest first.</summary>
    private static readonly string[] KeyWords = ["id", "guid", "key", "number", "serial", "code", "sku", "isbn", "email"];

    /// <summary>Names that Marketo has taken in every object.</summary>
    private static readonly string[] MarketosOwn = ["marketoGUID", "createdAt", "updatedAt", "id"];

    /// <summary>Chooses columns for the fields of a target that is there.</summary>
    public IReadOnlyList<ChosenColumn> Fill(RecordTypeDescription target)
    {
        FormHints hints = new(SourceConventions.Invariant);
        var fields = target.Fields.Where(field => field.IsUpdateable || IsKey(target, field)).ToList();
        var chosen = NameMatch.Find(columns, fields, (column, field) => FieldForms.Find(field, column, hints).FitsMost)
            .Select(match => Confirmed(match, IsKey(target, match.Field)))
            .OfType<ChosenColumn>()
            .ToList();
        foreach (var key in target.DedupeFields.Where(key => !chosen.Any(one => Is(one.Name, key))))
        {
            chosen.Add(KeyColumn(key, target.FindField(key), chosen));
        }

        foreach (var column in columns.Where(column => !chosen.Any(one => one.Column == column)))
        {
            var free = fields.Where(field => !chosen.Any(one => Is(one.Name, field.Name))).ToList();
            if (free.Count > 0 && Asked(column, free) is { } field)
            {
                chosen.Add(new ChosenColumn(field.Name, column) { Field = field });
            }
        }

        return [.. chosen.OrderByDescending(one => one.IsKey).ThenBy(one => columns.ToList().IndexOf(one.Column ?? columns[0]))];
    }

    /// <summary>Makes a field of every column, for a target that is not there yet.</summary>
    public IReadOnlyList<ChosenColumn> Invent()
    {
        var (key, notes, isUnsure) = InventedKey();
        HashSet<string> names = new(MarketosOwn, StringComparer.OrdinalIgnoreCase);
        return
        [
            .. columns.OrderByDescending(column => column == key).Select(column => new ChosenColumn(Named(column, names), column)
            {
                IsKey = column == key,
                Notes = column == key ? notes : [],
                IsUnsure = column == key && isUnsure,
            }),
        ];
    }

    private (ColumnSample Key, IReadOnlyList<string> Notes, bool IsUnsure) InventedKey()
    {
        var likely = columns.OrderByDescending(column => column.IsUnique).ThenBy(Rank).ToList();
        var isCertain = likely[0].IsUnique && (Rank(likely[0]) < KeyWords.Length || likely.Count(column => column.IsUnique) == 1);
        var answer = isCertain || likely.Count == 1
            ? 0
            : answers.Choose("Which column identifies a record?", [.. likely.Select(column => column.Name)]);
        var key = likely[answer ?? 0];
        string[] notes = key.IsUnique ? [] : ["not every row has a value of its own here: of rows with the same key the last one wins"];
        return answer is null
            ? (key, ["nobody said that this column identifies a record", .. notes], true)
            : (key, notes, !key.IsUnique);
    }

    private ChosenColumn? Confirmed(NameMatch match, bool isKey)
    {
        ChosenColumn chosen = new(match.Field.Name, match.Column) { Field = match.Field, IsKey = isKey };
        if (match.Likeness >= NameLikeness.SameWords)
        {
            return chosen;
        }

        return answers.Choose(
            $"Does the column \"{match.Column.Name}\" fill the field {Shown(match.Field)}?", ["yes", "no"]) switch
        {
            0 => chosen,
            null => chosen with { Notes = [$"\"{match.Column.Name}\" and {match.Field.Name} are only alike"], IsUnsure = true },
            _ => null,
        };
    }

    private ChosenColumn KeyColumn(string key, RecordField? field, IReadOnlyList<ChosenColumn> chosen)
    {
        var likely = columns
            .Where(column => !chosen.Any(one => one.Column == column))
            .OrderByDescending(column => column.IsUnique)
            .ThenBy(Rank)
            .ToList();
        var only = likely.Where(column => column.IsUnique).ToList() is [var one] ? one : null;
        var answer = likely.Count < 2
            ? null
            : answers.Choose($"Which column fills the key {key}?", [.. likely.Select(column => column.Name)]);
        var column = answer is { } index ? likely[index] : only;
        return new ChosenColumn(field?.Name ?? key, column)
        {
            Field = field,
            IsKey = true,
            IsUnsure = answer is null,
            Notes = answer is not null ? []
                : column is null ? [$"no column is named like the key {key}: put the one that identifies a record here"]
                : [$"no column is named like the key {key}; this is the only one in which every row has a value of its own"],
        };
    }

    private RecordField? Asked(ColumnSample column, List<RecordField> free)
    {
        var answer = answers.Choose(
            $"Which field does the column \"{column.Name}\" fill?",
            [LeaveOut, .. free.Select(field => $"{field.Name} ({field.TypeName})")]);
        return answer is > 0 and { } index ? free[index - 1] : null;
    }

    private static string Named(ColumnSample column, HashSet<string> names)
    {
        var camel = NameWords.Camel(column.Name);
        var name = MarketosOwn.Contains(camel, StringComparer.OrdinalIgnoreCase) ? NameWords.Camel($"record {column.Name}") : camel;
        var free = name;
        for (var i = 2; !names.Add(free); i++)
        {
            free = $"{name}{i}";
        }

        return free;
    }

    private static string Shown(RecordField field) =>
        field.DisplayName == field.Name ? field.Name : $"{field.Name} ({field.DisplayName})";

    private static int Rank(ColumnSample column)
    {
        var words = NameWords.Meant(column.Name);
        var rank = Array.FindIndex(KeyWords, words.Contains);
        return rank < 0 ? KeyWords.Length : rank;
    }

    private static bool IsKey(RecordTypeDescription target, RecordField field) => target.DedupeFields.Any(key => Is(key, field.Name));

    private static bool Is(string left, string right) => left.Equals(right, StringComparison.OrdinalIgnoreCase);
}

/// <summary>A field and the column that fills it.</summary>
/// <param name="Name">API name of the field.</param>
/// <param name="Column">The column; null where nobody knows which.</param>
internal sealed record ChosenColumn(string Name, ColumnSample? Column)
{
    /// <summary>The field as Marketo describes it; null where it is not there yet.</summary>
    public RecordField? Field { get; init; }

    public bool IsKey { get; init; }

    /// <summary>What a person should know; sentences without a full stop.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    public bool IsUnsure { get; init; }

    /// <summary>Its values are numbers.</summary>
    public bool IsNumber => Column is { } column
        && (Field is null
            ? NumberForms.AreNumbers(column)
            : Field.DataType is DataType.Integer or DataType.Score or DataType.Percent or DataType.Float or DataType.Currency);
}
