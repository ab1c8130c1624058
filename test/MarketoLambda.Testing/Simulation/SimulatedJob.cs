using MarketoLambda.Emulator.Objects;
using MarketoLambda.Sync.Jobs;

namespace MarketoLambda.Testing.Simulation;

/// <summary>A job of a simulation: a list whose nth row is version n of its key, and an object whose records say which version they hold.</summary>
public sealed class SimulatedJob
{
    public const string KeyField = "sku";
    public const string VersionField = "amount";
    public const string OwnerField = "owner";

    /// <summary>The one person Marketo knows; rows of anybody else are refused by Marketo.</summary>
    public const string KnownOwner = "1";

    /// <summary>The person of <see cref="RowKind.RefusedByMarketo"/>.</summary>
    public const string MissingOwner = "99";

    public SimulatedJob(string apiName)
    {
        Source = new ListSource();
        Job = new SyncJob(apiName, Source, [KeyField], [new(KeyField, "Key"), new(VersionField, "Value"), new(OwnerField, "Owner")]) { StopAbovePercentRejected = 100 }; // stories are full of rejects
        Truth = new SourceTruth(apiName, VersionField, () => Source.Rows.Count, row => Source.Rows[row - 1].Key, state => ListSource.RowsBelow(state["resumePosition"]));
    }

    public string ApiName => Job.ApiName;

    public ListSource Source { get; }

    public SyncJob Job { get; }

    public SourceTruth Truth { get; }

    /// <summary>Adds the next row: the newest version of that key.</summary>
    public SimulatedJob Add(string key, RowKind kind = RowKind.Good)
    {
        Source.Add([Row(Source.Rows.Count + 1, key, kind)]);
        return this;
    }

    /// <summary>The row that stands at this place, from 1.</summary>
    public static ListSource.ListRow Row(int number, string key, RowKind kind = RowKind.Good)
    {
        var version = number.ToString(System.Globalization.CultureInfo.InvariantCulture);
        return kind switch
        {
            RowKind.WrongType => new(key, "many", Owner: KnownOwner),
            RowKind.Unreadable => new("", "", IsReadable: false),
            RowKind.RefusedByMarketo => new(key, version, Owner: MissingOwner),
            _ => new(key, version, Owner: KnownOwner),
        };
    }
}

/// <summary>What becomes of a row when nothing goes wrong.</summary>
public enum RowKind
{
    /// <summary>Marketo takes it.</summary>
    Good,

    /// <summary>The engine rejects it before sending.</summary>
    WrongType,

    /// <summary>The source cannot make sense of it.</summary>
    Unreadable,

    /// <summary>Marketo skips it.</summary>
    RefusedByMarketo,
}

/// <summary>What an oracle has to know of a source. Rows are numbered from 1; a row is the version of its key that has its number.</summary>
/// <param name="ApiName">The imported object, and the job.</param>
/// <param name="VersionField">Field of the object that holds the number of the row the record came from.</param>
/// <param name="RowCount">Rows there are now.</param>
/// <param name="KeyOf">Key of a row, as Marketo shows it.</param>
/// <param name="RowsFinished">How many rows a state record says are finished.</param>
public sealed record SourceTruth(string ApiName, string VersionField, Func<int> RowCount, Func<int, string> KeyOf, Func<RecordView, int> RowsFinished);
