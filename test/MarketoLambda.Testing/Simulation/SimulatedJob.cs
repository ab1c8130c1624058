using MarketoLambda.Emulator.Objects;
using MarketoLambda.Sync.Jobs;
using MarketoLambda.Sync.Sources;

namespace MarketoLambda.Testing.Simulation;

/// <summary>
/// A job of a simulation: a source whose nth row is version n of its key, and an object whose records say which version they hold.
/// </summary>
public sealed class SimulatedJob
{
    public const string KeyField = "sku";
    public const string VersionField = "amount";
    public const string OwnerField = "owner";

    /// <summary>The value of <see cref="RowKind.WrongType"/>.</summary>
    public const string NoNumber = "many";

    /// <summary>The one person Marketo knows; rows of anybody else are refused by Marketo.</summary>
    public const string KnownOwner = "1";

    /// <summary>The person of <see cref="RowKind.RefusedByMarketo"/>.</summary>
    public const string MissingOwner = "99";

    private readonly Action<IReadOnlyList<ListSource.ListRow>> _append;
    private readonly ListSource? _list;

    /// <summary>A job that reads a list.</summary>
    /// <param name="apiName">Its name.</param>
    /// <param name="target">What it fills; a custom object of the job's name when left out.</param>
    public SimulatedJob(string apiName, SimulatedTarget? target = null)
        : this(apiName, new ListSource(), target ?? new SimulatedObject())
    {
    }

    /// <summary>A job that reads any other source, with columns as a <see cref="ListSource.ListRow"/> has them.</summary>
    /// <param name="source">The source.</param>
    /// <param name="truth">What the oracle has to know of it.</param>
    /// <param name="append">Adds the next rows.</param>
    public SimulatedJob(ISource source, SourceTruth truth, Action<IReadOnlyList<ListSource.ListRow>> append)
        : this(source, truth, append, new SimulatedObject())
    {
    }

    private SimulatedJob(
        ISource source,
        SourceTruth truth,
        Action<IReadOnlyList<ListSource.ListRow>> append,
        SimulatedTarget target)
    {
        IReadOnlyList<FieldMapping> fields =
            [new(target.KeyField, "Key"), new(target.VersionField, "Value"), .. target.OtherFields];
        Job = new SyncJob(truth.ApiName, source, [target.KeyField], fields)
        {
            StopAbovePercentRejected = 100,
        }; // stories are full of rejects
        Job = target.Filled is { } filled ? Job with { Target = filled } : Job;
        Truth = truth;
        Target = target;
        _append = append;
    }

    private SimulatedJob(string apiName, ListSource list, SimulatedTarget target)
        : this(
            list,
            new SourceTruth(
                apiName,
                target.VersionField,
                () => list.Rows.Count,
                row => list.Rows[row - 1].Key,
                state => ListSource.RowsBelow(state["resumePosition"]))
            {
                HasNotice = row => list.Rows[row - 1].Notice is not null,
                HasLastingNotice = () => list.Notices.Count > 0,
                ObjectName = target.ObjectName(apiName),
                Concerns = target.Concerns,
                KeyIn = target.KeyIn,
                Fold = target.Fold,
                SkipsUnchanged = target.Filled?.Mode.SkipsUnchanged == true,
            },
            rows => list.Add(rows),
            target) => _list = list;

    public string ApiName => Job.Name;

    /// <summary>The list, where the job reads one.</summary>
    public ListSource Source => _list ?? throw new InvalidOperationException("This job reads no list.");

    /// <summary>The job reads a list, to which rows may be added at any time.</summary>
    public bool IsList => _list is not null;

    public SyncJob Job { get; private set; }

    public SourceTruth Truth { get; }

    public SimulatedTarget Target { get; }

    /// <summary>Kinds of rows that somebody has corrected the mapping for.</summary>
    public IReadOnlySet<RowKind> Mended { get; private set; } = new HashSet<RowKind>();

    /// <summary>Somebody corrects the mapping: rows of this kind can be imported from now on, those rejected before by a retry.</summary>
    public void Mend(params IEnumerable<RowKind> kinds)
    {
        Mended = Mended.Concat(kinds).ToHashSet();
        Job = Job with { Fields = [.. Job.Fields.Select(Mend)] };
    }

    private FieldMapping Mend(FieldMapping field) =>
        field.Field == Truth.VersionField && Target.ShowsVersions ? field with { Map = SpellingMap.For(Mended) } : field;

    /// <summary>Adds the next rows.</summary>
    public void Add(IReadOnlyList<ListSource.ListRow> rows) =>
        _append([.. rows.Select((row, index) => Shape(row, Truth.RowCount() + 1 + index))]);

    /// <summary>Adds the next row: the newest version of that key.</summary>
    public SimulatedJob Add(string key, RowKind kind = RowKind.Good)
    {
        Add([Row(Truth.RowCount() + 1, key, kind)]);
        return this;
    }

    /// <summary>The row, and something that the source says of it.</summary>
    public static ListSource.ListRow Noticed(int number, ListSource.ListRow row) =>
        row with
        {
            Notice = new SourceNotice(new SourceLocation("list", number), "odd-row", "The row is odd"),
        };

    /// <summary>The row that stands at this place, from 1.</summary>
    public static ListSource.ListRow Row(int number, string key, RowKind kind = RowKind.Good)
    {
        var version = Version(number);
        return kind switch
        {
            RowKind.WrongType => new(key, NoNumber, Owner: KnownOwner),
            RowKind.Misspelt or RowKind.Garbled => new(key, SpellingMap.Spell(number, kind), Owner: KnownOwner),
            RowKind.Unreadable => new("", "", IsReadable: false),
            RowKind.RefusedByMarketo => new(key, version, Owner: MissingOwner),
            _ => new(key, version, Owner: KnownOwner),
        };
    }

    private ListSource.ListRow Shape(ListSource.ListRow row, int number) =>
        Target.Shape(row with { Value = SpellingMap.At(number, row.Value) }, number);

    private static string Version(int number) => number.ToString(System.Globalization.CultureInfo.InvariantCulture);
}

/// <summary>What becomes of a row when nothing goes wrong.</summary>
public enum RowKind
{
    /// <summary>Marketo takes it.</summary>
    Good,

    /// <summary>The engine rejects it before sending.</summary>
    WrongType,

    /// <summary>The engine rejects it until the mapping is corrected.</summary>
    Misspelt,

    /// <summary>The same; a correction of its own.</summary>
    Garbled,

    /// <summary>The source cannot make sense of it.</summary>
    Unreadable,

    /// <summary>Marketo skips it.</summary>
    RefusedByMarketo,
}

/// <summary>
/// What an oracle has to know of a source. Rows are numbered from 1; a row is the version of its key that has its number.
/// </summary>
/// <param name="ApiName">The job, and the imported object where nothing else is said.</param>
/// <param name="VersionField">Field of the object that holds the number of the row the record came from.</param>
/// <param name="RowCount">Rows there are now.</param>
/// <param name="KeyOf">Key of a row, as Marketo shows it.</param>
/// <param name="RowsFinished">How many rows a state record says are finished.</param>
public sealed record SourceTruth(
    string ApiName,
    string VersionField,
    Func<int> RowCount,
    Func<int, string> KeyOf,
    Func<RecordView, int> RowsFinished)
{
    /// <summary>What Marketo calls the imported object.</summary>
    public string ObjectName { get; init; } = ApiName;

    /// <summary>Which records of the object are the job's.</summary>
    public Func<RecordView, bool> Concerns { get; init; } = _ => true;

    /// <summary>The key of a record, as <see cref="KeyOf"/> says it of rows.</summary>
    public Func<RecordView, string> KeyIn { get; init; } = record => record.Key;

    /// <summary>Equal for keys that Marketo takes for one.</summary>
    public Func<string, string> Fold { get; init; } = key => key;

    /// <summary>Number of the row that stands at a place of the source.</summary>
    public Func<SourceLocation, int> RowAt { get; init; } = location => (int)location.Row;

    /// <summary>Since when the source does not hold the row any more, because a later version took its place; null where it does.</summary>
    public Func<int, DateTimeOffset?> GoneSince { get; init; } = _ => null;

    /// <summary>Rows are shown later than they are written: a run may end well before them.</summary>
    public bool Lags { get; init; }

    /// <summary>The source says something of that row before it hands it out.</summary>
    public Func<int, bool> HasNotice { get; init; } = _ => false;

    /// <summary>The source says something whenever it is read.</summary>
    public Func<bool> HasLastingNotice { get; init; } = () => false;

    /// <summary>Rows below the position are handed out again, and counted again.</summary>
    public bool RepeatsRows { get; init; }

    /// <summary>A row is not written that Marketo has already as it is to be.</summary>
    public bool SkipsUnchanged { get; init; }

    /// <summary>The record is one that the job fills.</summary>
    public bool IsRecord(RecordView record) => record.ObjectName == ObjectName && Concerns(record);

    /// <summary>The number of the row that a record came from; 0 where it came from none.</summary>
    public int VersionOf(RecordView record) =>
        int.Parse(record[VersionField] ?? "0", System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>Equal for all rows of one record; empty where a row has no key.</summary>
    internal string IdentityOf(int row) => Fold(KeyOf(row));

    /// <summary>The same of a record.</summary>
    internal string IdentityIn(RecordView record) => Fold(KeyIn(record));
}
