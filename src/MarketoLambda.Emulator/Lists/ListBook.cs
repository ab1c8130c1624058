using System.Globalization;

namespace MarketoLambda.Emulator.Lists;

/// <summary>The static lists of the subscription. Guarded by the subscription's gate.</summary>
internal sealed class ListBook
{
    private readonly List<StaticList> _lists = [];

    public IReadOnlyList<StaticList> All => _lists;

    public void Add(int id, string name, DateTimeOffset now)
    {
        if (_lists.Exists(list => list.Id == id))
        {
            throw new InvalidOperationException($"There is a list {id} already");
        }

        _lists.Add(new StaticList(id, name, now));
    }

    /// <summary>Null where there is none with this id.</summary>
    public StaticList? Find(string id) => _lists.Find(list => list.Id.ToString(CultureInfo.InvariantCulture) == id);
}

/// <summary>A list of leads that people or calls fill.</summary>
internal sealed class StaticList(int id, string name, DateTimeOffset createdAt)
{
    private readonly Dictionary<Guid, DateTimeOffset> _members = [];

    public int Id { get; } = id;

    public string Name { get; } = name;

    public DateTimeOffset CreatedAt { get; } = createdAt;

    public DateTimeOffset UpdatedAt { get; private set; } = createdAt;

    /// <summary>Ids of all members, in the order they were added.</summary>
    public IReadOnlyCollection<Guid> Members => _members.Keys;

    /// <summary>Adding twice changes nothing.</summary>
    public void Add(Guid lead, DateTimeOffset now)
    {
        if (_members.TryAdd(lead, now))
        {
            UpdatedAt = now;
        }
    }

    public bool Remove(Guid lead, DateTimeOffset now)
    {
        var isRemoved = _members.Remove(lead);
        UpdatedAt = isRemoved ? now : UpdatedAt;
        return isRemoved;
    }

    /// <summary>Whether the lead shows as a member, which may take a while after it was added.</summary>
    public bool Shows(Guid lead, DateTimeOffset now, TimeSpan delay) =>
        _members.TryGetValue(lead, out var addedAt) && addedAt + delay <= now;
}
