using System.Globalization;

namespace MarketoLambda.Sync.Sources;

/// <summary>A place records come from: a folder of files, a bucket, a table.</summary>
public interface ISource
{
    /// <summary>What is read, for people: <c>CSV files "*.csv" in ./drop</c>.</summary>
    string Description { get; }

    /// <summary>How its text is to be understood.</summary>
    SourceConventions Conventions { get; }

    /// <summary>
    /// Records carry a modification stamp: the mark can be set to a point in time, and a stretch of time be imported again.
    /// </summary>
    bool HasCursor => false;

    /// <summary>Its records stand in text files, and are found by their lines.</summary>
    bool CountsLines => false;

    /// <summary>How to write a file that this source can read; null where it reads none.</summary>
    FileShape? Shape => null;

    /// <summary>
    /// What could be set up better, as far as it is known without reading; sentences without a full stop, for whoever checks the job.
    /// </summary>
    IReadOnlyList<string> Advice => [];

    /// <summary>
    /// Whether a record from this place is for certain a later version than one of the same key from the other. Where it is not, the one
    /// that is read later is the later one.
    /// </summary>
    bool IsLater(SourcePlace place, SourcePlace than) => place.Location != than.Location && place.CursorValue > than.CursorValue;

    /// <summary>What an exact position of it means, for people; null where the source stands between two of its containers.</summary>
    /// <param name="position">From a state record, which somebody may have written by hand.</param>
    PositionText? DescribePosition(Checkpoint position) => null;

    /// <summary>Starts reading everything that is not finished at <see cref="ReadRequest.From"/>, in source order.</summary>
    /// <exception cref="SourceException">The source cannot be read; the message names it and the remedy.</exception>
    Task<ISourceReader> OpenAsync(ReadRequest request, CancellationToken cancellationToken);
}

/// <summary>A position of a source, for people.</summary>
/// <param name="Name">What kind of place it is: <c>Unfinished file</c>.</param>
/// <param name="Text">Where it is, and what comes next.</param>
public sealed record PositionText(string Name, string Text);

/// <summary>Hands out what is new, one item at a time, in source order.</summary>
/// <remarks>Used by one caller at a time. Memory does not grow with the amount of data.</remarks>
public interface ISourceReader : IAsyncDisposable
{
    /// <summary>Where to resume once <em>everything handed out so far</em> is finished.</summary>
    Checkpoint Position { get; }

    /// <summary>How far the reader is.</summary>
    SourceProgress Progress { get; }

    /// <summary>The next item, or null when there is nothing more for now.</summary>
    /// <exception cref="SourceException">What follows cannot be read; everything handed out before stands.</exception>
    ValueTask<SourceItem?> ReadAsync(CancellationToken cancellationToken);
}

/// <summary>What a run wants from a source.</summary>
/// <param name="From">Everything below this is finished.</param>
/// <param name="Columns">The columns to hand out; <see cref="SourceRecord.Values"/> keep this order.</param>
/// <param name="ResumeCapacity">Most characters the state record holds for <see cref="Checkpoint.Resume"/>; 0 where it cannot be
/// stored.</param>
public sealed record ReadRequest(Checkpoint From, IReadOnlyList<string> Columns, int ResumeCapacity)
{
    /// <summary>Everything from the beginning, for somebody who only looks.</summary>
    public static ReadRequest Everything(IReadOnlyList<string> columns) =>
        new(Checkpoint.Start, columns, ResumeCapacity: int.MaxValue) { IsProbe = true };

    /// <summary>
    /// What is wanted although it stands below the mark; asked only when something is read that may hold such records, since it costs
    /// calls. Null, or giving null, for nothing.
    /// </summary>
    public Func<CancellationToken, ValueTask<IWantedRecords?>>? Wanted { get; init; }

    /// <summary>Somebody only looks: nothing is imported, so nothing has to be waited for that may still be written.</summary>
    public bool IsProbe { get; init; }

    /// <summary>Somebody wants to know where containers end, as a <see cref="SourceEnd"/>. A source that has none hands out none.</summary>
    public bool TellsEnds { get; init; }

    /// <summary>
    /// Records with this stamp or a later one are not wanted, as in a backfill; null for all. A source that cannot stop there hands them
    /// out.
    /// </summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>Where a source may keep what its position has no room for; null where nothing is kept.</summary>
    public ISourceHistory? History { get; init; }

    /// <summary>
    /// Which record a row is, null where that cannot be read; null where nobody can tell. To be asked only after something to do was handed
    /// out.
    /// </summary>
    public Func<SourceRecord, SourceKey?>? KeyOf { get; init; }
}

/// <summary>Which record of Marketo a row is.</summary>
/// <param name="Text">Its dedupe values: rows with the same text are the same record.</param>
/// <param name="Folded">The same without casing and outer blanks: rows that differ here are different records.</param>
public readonly record struct SourceKey(string Text, string Folded);

/// <summary>How far a reader is.</summary>
/// <param name="RecordsSkipped">Records below the mark, passed over.</param>
/// <param name="Fraction">Share of the work that was read, 0 to 1; null where the source cannot tell.</param>
/// <param name="RecordsRepeated">Records below the mark, handed out again in case an earlier run could not see them yet, or sent an older
/// version.</param>
public readonly record struct SourceProgress(long RecordsSkipped, double? Fraction, long RecordsRepeated = 0);

/// <summary>How numbers and times in a source's text are to be understood.</summary>
/// <param name="Culture">Decimal and group signs, date order.</param>
/// <param name="TimeZone">The zone of times that carry none.</param>
public sealed record SourceConventions(CultureInfo Culture, TimeZoneInfo TimeZone)
{
    public static SourceConventions Invariant { get; } = new(CultureInfo.InvariantCulture, TimeZoneInfo.Utc);

    /// <summary>
    /// Numbers come from a program that writes a decimal point, as databases do: <c>1.000</c> is one, and never a thousand.
    /// </summary>
    public bool IsWrittenByProgram { get; init; }
}

/// <summary>The source cannot be read. The message names the file, row or column and says what to do.</summary>
public sealed class SourceException(string message, Exception? innerException = null) : Exception(message, innerException);
