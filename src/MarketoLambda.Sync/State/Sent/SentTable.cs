using System.Security.Cryptography;
using System.Text;
using MarketoLambda.Marketo;
using MarketoLambda.Marketo.CustomObjects;
using MarketoLambda.Sync.State.Tables;

namespace MarketoLambda.Sync.State.Sent;

/// <summary>Notes in Marketo what is sent before it is sent, for things that Marketo cannot recognize when they come again.</summary>
/// <remarks>Safe to use from several threads. It lives no longer than a run.</remarks>
/// <param name="customObjects">Marketo.</param>
/// <param name="job">The job's name.</param>
/// <param name="time">The clock.</param>
internal sealed class SentTable(CustomObjectsClient customObjects, string job, TimeProvider time)
{
    private const int FingerprintCharacters = 32;

    private readonly TableRecords _records = new(customObjects, SentFields.Definition);
    private readonly string _token = Guid.NewGuid().ToString("N");
    private readonly Dictionary<string, SentState> _ofRun = new(StringComparer.Ordinal);
    private readonly Lock _lock = new();

    /// <summary>The notes of a job, for one run.</summary>
    public static SentTable Open(MarketoClient marketo, string job) => new(marketo.CustomObjects, job, marketo.Time);

    /// <summary>Notes what is about to be sent.</summary>
    /// <param name="keys">Up to 300, none twice.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>Of each in their order: whether it may be sent, or was sent before.</returns>
    /// <exception cref="StateException">The object is missing or cannot be used.</exception>
    public async Task<IReadOnlyList<SentState>> NoteAsync(IReadOnlyList<string> keys, CancellationToken cancellationToken)
    {
        var isNew = await _records.TryCreateAsync(
            [.. keys.Select(Name)],
            [(SentFields.Stage, SentFields.Sending), (SentFields.Token, _token), (SentFields.SentAt, time.GetUtcNow())],
            cancellationToken);
        List<string> there = [.. keys.Zip(isNew).Where(key => !key.Second).Select(key => Name(key.First))];
        var stages = there.Count == 0 ? [] : await ReadAsync(there, cancellationToken);
        SentState[] states =
        [
            .. keys.Zip(isNew, (key, created) => created ? SentState.New : Recall(key) ?? stages.GetValueOrDefault(Name(key))),
        ];
        foreach (var (key, _) in keys.Zip(states).Where(key => key.Second == SentState.New))
        {
            Remember(key, SentState.Unknown);
        }

        return states;
    }

    /// <summary>Marketo has acknowledged them.</summary>
    public async Task MarkSentAsync(IReadOnlyList<string> keys, CancellationToken cancellationToken)
    {
        foreach (var key in keys)
        {
            Remember(key, SentState.Sent);
        }

        await _records.UpdateByKeyAsync([.. keys.Select(Name)], [(SentFields.Stage, SentFields.Sent)], cancellationToken);
    }

    /// <summary>Marketo does not have them for certain: they may be sent again.</summary>
    public async Task ForgetAsync(IReadOnlyList<string> keys, CancellationToken cancellationToken)
    {
        await _records.DeleteByKeyAsync([.. keys.Select(Name)], cancellationToken);
        Drop(keys);
    }

    /// <summary>Somebody has looked up that Marketo does not have them: every note of them goes, also two of one key.</summary>
    public async Task AllowAgainAsync(IReadOnlyList<string> keys, CancellationToken cancellationToken)
    {
        var found = await _records.FindAsync([.. keys.Select(Name)], cancellationToken);
        await _records.DeleteAsync([.. found.Select(note => note.Id)], cancellationToken);
        Drop(keys);
    }

    /// <summary>
    /// A note of this run that it has not acted on is one whose acknowledgement was lost. Where Marketo has two of a key, the one that
    /// knows least counts.
    /// </summary>
    private async Task<Dictionary<string, SentState>> ReadAsync(IReadOnlyList<string> names, CancellationToken cancellationToken)
    {
        var bound = await _records.BindAsync(cancellationToken);
        var found = await _records.FindAsync(names, cancellationToken);
        return found
            .GroupBy(
                record => bound.Text(record, SentFields.Key) ?? "",
                record => bound.Text(record, SentFields.Token) == _token ? SentState.New
                    : bound.Text(record, SentFields.Stage) == SentFields.Sent ? SentState.Sent
                    : SentState.Unknown,
                StringComparer.OrdinalIgnoreCase)
            .ToDictionary(notes => notes.Key, notes => notes.Min(), StringComparer.OrdinalIgnoreCase);
    }

    private SentState? Recall(string key)
    {
        lock (_lock)
        {
            return _ofRun.TryGetValue(key, out var state) ? state : null;
        }
    }

    private void Drop(IEnumerable<string> keys)
    {
        lock (_lock)
        {
            foreach (var key in keys)
            {
                _ofRun.Remove(key);
            }
        }
    }

    private void Remember(string key, SentState state)
    {
        lock (_lock)
        {
            _ofRun[key] = state;
        }
    }

    private string Name(string key) =>
        $"{job}#{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)))[..FingerprintCharacters]}";
}

/// <summary>What is known of something that is to be sent; less comes first.</summary>
internal enum SentState
{
    /// <summary>It was sent, or was about to be, and nobody knows whether Marketo has it.</summary>
    Unknown,

    /// <summary>Marketo has it.</summary>
    Sent,

    /// <summary>It is noted now, and was never sent.</summary>
    New,
}
