using System.Globalization;
using MarketoLambda.Sync.Mapping;
using MarketoLambda.Sync.Sources;

namespace MarketoLambda.Sync.Rejects;

/// <summary>
/// Stops a run that rejects too much of what it reads: then a column, the mapping or the object has changed, and not the records are wrong.
/// </summary>
/// <remarks>
/// <para>Looks at the first 10,000 records of a run, batch by batch, and trips when more than the job's share of those seen so
/// far is rejected; not before 20 are, so that a few bad rows in a small file do not stop it. That includes a run all of whose
/// first rows are rejected. What comes later may be any share: so much went well that the job as such is right.</para>
/// <para>The batch that trips it stays unfinished: its rejects are not stored and the position stays before it. Batches that
/// were finished before keep their few rejects, and the position after them. A share among 10,000 of at most five percent is
/// never more than 500, so no other bound is needed.</para>
/// </remarks>
internal sealed class RejectBreaker(string apiName, int stopAbovePercent)
{
    /// <summary>Records of a run that are looked at.</summary>
    private const int Watched = 10_000;

    /// <summary>Reasons that are told: a mistake of a source has one or two.</summary>
    private const int MaxReasons = 5;

    /// <summary>Rejects of each reason that are shown.</summary>
    private const int MaxExamples = 3;

    /// <summary>Fewer never stop a run.</summary>
    private const int MinRejected = 20;

    /// <summary>So many are told where nothing else was read: one or two new records may well be wrong.</summary>
    private const int MinOfAll = 3;

    private readonly Dictionary<(string Code, string? Field), Group> _groups = [];
    private long _seen;
    private long _rejected;
    private bool _isOpen;
    private long _all;
    private bool _isAnyTaken;

    /// <summary>
    /// Some of what stops a run is kept in its record in Marketo. It holds field values, so it stands where rejects stand, or nowhere.
    /// </summary>
    public bool KeepsExamples { get; init; }

    /// <summary>
    /// A run that has rejected all it read, for a person: it is finished, and nothing else would tell. Null for any other.
    /// </summary>
    public SourceNotice? Notice =>
        _isAnyTaken || _all < MinOfAll
            ? null
            : new SourceNotice(
                _groups.Values.First().First.Location,
                "all-rejected",
                string.Create(CultureInfo.InvariantCulture, $"all {_all:N0} records that were read were rejected: {Reasons()}. ")
                    + "Probably the source, the job or the target has changed. "
                    + "The rejects are kept and nothing waits for them: correct what is wrong, "
                    + $"then run \"marketo-lambda rejects retry {apiName}\", or import the corrected records");

    /// <summary>Call it before the rejects of a batch are stored.</summary>
    /// <param name="records">Source records of the batch.</param>
    /// <param name="rejects">Those of them that were rejected.</param>
    /// <exception cref="TooManyRejectsException">The run stops here.</exception>
    public void Check(int records, IReadOnlyList<RejectedRecord> rejects)
    {
        rejects = [.. rejects.Where(reject => !reject.MayBeThere)]; // what became of a call says nothing of its records
        _all += records;
        _isAnyTaken |= rejects.Count < records;
        if (_seen < Watched && !_isOpen)
        {
            Count(records, rejects);
            _isOpen = _rejected >= MinRejected && _rejected * 100 > _seen * stopAbovePercent;
        }

        if (_isOpen && rejects.Count > 0)
        {
            throw new TooManyRejectsException(Message())
            {
                Examples = KeepsExamples ? [.. Most().SelectMany(group => group.Examples)] : [],
            };
        }
    }

    private void Count(int records, IReadOnlyList<RejectedRecord> rejects)
    {
        _seen += records;
        _rejected += rejects.Count;
        foreach (var reject in rejects)
        {
            if (!_groups.TryGetValue((reject.Code, reject.Field), out var group))
            {
                _groups.Add((reject.Code, reject.Field), group = new Group());
            }

            group.Add(reject);
        }
    }

    // Our own reasons about a field quote no value, Marketo's may.
    private static string Text(Group group)
    {
        var first = group.First.Field is null ? "" : $", first at {group.First.Location}: {group.First.Reason.TrimEnd('.')}";
        var times = group.Count == 1 ? "once" : string.Create(CultureInfo.InvariantCulture, $"{group.Count:N0} times");
        return $"{group.First.Code} ({times}){first}";
    }

    private string Reasons() => string.Join("; ", Most().Select(Text));

    private IEnumerable<Group> Most() =>
        _groups
            .Values.OrderByDescending(group => group.Count)
            .ThenBy(group => group.First.Code, StringComparer.Ordinal)
            .Take(MaxReasons);

    private string Message() =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{_rejected:N0} of the first {_seen:N0} records of {apiName} were rejected, more than {stopAbovePercent} %, so the run "
                + $"stopped. Why: {Reasons()}. ")
        + "Probably the source, the job or the target has changed. "
        + "Nothing is lost: the last of them were not put aside, and the next run begins before them. "
        + "Correct the source or the job file: "
        + (KeepsExamples ? $"\"marketo-lambda rejects list {apiName}\" shows some of them, " : "")
        + $"\"marketo-lambda jobs check {apiName} --all-rows\" shows the values. "
        + "If the records really are that bad, set \"rejects\": { \"stopAbovePercent\": 100 } in the job: then they are put aside, and the "
        + "others are imported.";

    /// <summary>Rejects of one reason.</summary>
    private sealed class Group
    {
        private readonly List<RejectedRecord> _examples = [];

        public RejectedRecord First => _examples[0];

        public int Count { get; private set; }

        public IReadOnlyList<RejectedRecord> Examples => _examples;

        public void Add(RejectedRecord reject)
        {
            Count++;
            if (_examples.Count < MaxExamples)
            {
                _examples.Add(reject);
            }
        }
    }
}

/// <summary>
/// Too many records were rejected for them to be the cause. The message counts them by code and says what to do; it holds no field value.
/// </summary>
internal sealed class TooManyRejectsException(string message) : Exception(message)
{
    /// <summary>Some of them, to be kept, of each reason the first; none where that is not wanted, or earlier runs left too many.</summary>
    public IReadOnlyList<RejectedRecord> Examples { get; init; } = [];
}
