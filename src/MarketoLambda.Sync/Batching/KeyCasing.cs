using System.Text;
using MarketoLambda.Sync.Mapping;

namespace MarketoLambda.Sync.Batching;

/// <summary>Whether Marketo takes keys that differ in casing for one record, as far as its answers in this run have shown.</summary>
/// <remarks>
/// <para>Two casings with one id of Marketo are one record. Two with different ones are two records, provided that the first has
/// its own again after the second was answered: else somebody may have deleted the record in between.</para>
/// <para>What was seen of one key holds for all that are of ASCII characters and have no outer blanks.</para>
/// </remarks>
internal sealed class KeyCasing
{
    private readonly Dictionary<string, List<(string Text, string Id)>> _seen = new(StringComparer.Ordinal);
    private Verdict _verdict;

    private enum Verdict
    {
        Unknown,
        OneRecord,
        TwoRecords,
        Mixed,
    }

    /// <summary>Answers are of interest.</summary>
    public bool IsAsked => _seen.Count > 0;

    /// <summary>Keys with different identities are different records.</summary>
    public string IdentityOf(RecordKey key) => _verdict == Verdict.TwoRecords ? key.Text : key.Folded;

    /// <summary>For certain one record.</summary>
    public bool IsOne(RecordKey key, RecordKey other) =>
        key == other || (_verdict == Verdict.OneRecord && key.Folded == other.Folded && IsPlain(key) && IsPlain(other));

    /// <summary>One key is written in two ways, and it is not known whether they are one record.</summary>
    public void Ask(RecordKey key)
    {
        if (_verdict == Verdict.Unknown && IsPlain(key))
        {
            _seen.TryAdd(key.Folded, []);
        }
    }

    /// <summary>Marketo took a record. Call it in the order of the answers; identities may be others afterwards.</summary>
    public void Learn(RecordKey key, string id)
    {
        if (!_seen.TryGetValue(key.Folded, out var seen) || !IsPlain(key))
        {
            return;
        }

        if (seen.Exists(other => other.Text != key.Text && other.Id == id))
        {
            Decide(Verdict.OneRecord);
        }
        else if (seen.IndexOf((key.Text, id)) is var first and >= 0 && seen.FindIndex(first, other => other.Text != key.Text) > first)
        {
            Decide(Verdict.TwoRecords);
        }
        else
        {
            seen.Add((key.Text, id));
        }
    }

    /// <summary>What was seen does not hold for a key of that kind: true where identities are others from here on.</summary>
    public bool Doubts(RecordKey key)
    {
        if (_verdict != Verdict.TwoRecords || IsPlain(key))
        {
            return false;
        }

        Decide(Verdict.Mixed);
        return true;
    }

    private void Decide(Verdict verdict)
    {
        _verdict = verdict;
        _seen.Clear();
    }

    private static bool IsPlain(RecordKey key) => Ascii.IsValid(key.Text) && key.Text.Length == key.Folded.Length;
}
