using MarketoLambda.Testing.Salesforce.Soql;

namespace MarketoLambda.Testing.Salesforce;

/// <summary>An object of the organisation: its fields, and its records as far as their transactions have ended.</summary>
public sealed class OrgObject
{
    private readonly EmulatedOrg _org;
    private readonly string _prefix;
    private readonly Dictionary<string, OrgRecord> _records = new(StringComparer.Ordinal);
    private readonly List<(DateTimeOffset VisibleAt, OrgRecord Record)> _uncommitted = [];

    internal OrgObject(EmulatedOrg org, string name, string prefix, IReadOnlyList<OrgField> fields)
    {
        (_org, Name, _prefix) = (org, name, prefix);
        Fields = [new OrgField("Id", "id"), new OrgField("IsDeleted", "boolean"), new OrgField("SystemModstamp", "datetime"), .. fields];
    }

    public string Name { get; }

    public IReadOnlyList<OrgField> Fields { get; }

    /// <summary>Fields the user may not see: as if they were not there.</summary>
    public ISet<string> HiddenFields { get; } = new HashSet<string>(StringComparer.OrdinalIgnoreCase);

    internal IEnumerable<OrgField> VisibleFields => Fields.Where(known => !HiddenFields.Contains(known.Name));

    /// <summary>Records visible now, deleted ones included.</summary>
    public int Count => Visible().Count;

    /// <summary>The id of the record of that number.</summary>
    public string Id(int number) => OrgIds.Of(_prefix, number);

    /// <summary>When the record of that number was last changed, cut to whole seconds.</summary>
    public DateTimeOffset SecondOf(int number) =>
        Find(Id(number)) is { Stamp: var stamp }
            ? stamp.AddTicks(-(stamp.Ticks % TimeSpan.TicksPerSecond))
            : throw new ArgumentException("There is no such record.", nameof(number));

    /// <summary>Creates or changes the record of that number. Fields that are not named keep their values.</summary>
    /// <param name="number">Which record.</param>
    /// <param name="values">Text, numbers, booleans, <see cref="DateTimeOffset"/>, <see cref="DateOnly"/> or null.</param>
    /// <param name="commitsAfter">How long the transaction lasts: its stamp is of its beginning, and it is seen at its end.</param>
    public OrgObject Put(int number, IReadOnlyDictionary<string, object?> values, TimeSpan commitsAfter = default) =>
        Put(number, values, commitsAfter, isDeleted: false);

    /// <summary>Puts the record into the recycle bin.</summary>
    public OrgObject Delete(int number) => Put(number, new Dictionary<string, object?>(), default, isDeleted: true);

    /// <summary>Deletes without a trace, as emptying the recycle bin does.</summary>
    public void Purge(int number)
    {
        lock (_org.Gate)
        {
            _records.Remove(Id(number));
        }
    }

    /// <summary>Values of the records that are there now, by id.</summary>
    public IReadOnlyList<object?[]> Now(params IReadOnlyList<string> fields) =>
        [.. Visible().Where(record => !record.IsDeleted).Select(record => fields.Select(field => ValueOf(record, field)).ToArray())];

    internal OrgField? FindField(string name) =>
        VisibleFields.FirstOrDefault(field => field.Name.Equals(name, StringComparison.OrdinalIgnoreCase));

    internal OrgRecord? Find(string id)
    {
        _ = Visible();
        return _records.GetValueOrDefault(id);
    }

    /// <summary>The rows of a query, sorted.</summary>
    internal IReadOnlyList<OrgRecord> Select(SoqlQuery query, bool withDeleted)
    {
        var rows = Visible()
            .Where(record => withDeleted || !record.IsDeleted)
            .Where(record =>
                query.Condition is null
                || query.Condition.Holds(path => ValueOf(record, path), (path, left, right) => Compare(path, left, right, sorts: false)));
        IOrderedEnumerable<OrgRecord>? sorted = null;
        foreach (var name in query.Order)
        {
            var path = name.Text;
            var order = Comparer<OrgRecord>.Create(
                (left, right) => Compare(path, ValueOf(left, path), ValueOf(right, path), sorts: true) ?? 0);
            sorted = sorted is null ? rows.OrderBy(row => row, order) : sorted.ThenBy(row => row, order);
        }

        rows =
            (query.IsDescending ? sorted?.Reverse() : sorted)
            ?? (IEnumerable<OrgRecord>)rows.OrderBy(row => new string([.. row.Id[..15].Reverse()]), StringComparer.Ordinal);
        return [.. query.Limit is { } limit ? rows.Take(limit) : rows];
    }

    /// <summary>The value at a path such as <c>Account.Name</c>.</summary>
    internal object? ValueOf(OrgRecord record, string path)
    {
        var dot = path.IndexOf('.', StringComparison.Ordinal);
        if (dot < 0)
        {
            return record[FindField(path)?.Name ?? path];
        }

        var (reference, other) = Relation(path[..dot])!.Value;
        return record[reference.Name] is string id && other.Find(id) is { } parent ? other.ValueOf(parent, path[(dot + 1)..]) : null;
    }

    internal (OrgField Reference, OrgObject Other)? Relation(string name) =>
        VisibleFields.FirstOrDefault(field => name.Equals(field.RelationshipName, StringComparison.OrdinalIgnoreCase)) is { } field
        && _org.FindObject(field.ReferenceTo!) is { } other
            ? (field, other)
            : null;

    internal OrgField? FieldAt(string path)
    {
        var dot = path.IndexOf('.', StringComparison.Ordinal);
        return dot < 0 ? FindField(path) : Relation(path[..dot])?.Other.FieldAt(path[(dot + 1)..]);
    }

    private OrgObject Put(int number, IReadOnlyDictionary<string, object?> values, TimeSpan commitsAfter, bool isDeleted)
    {
        foreach (var name in values.Keys)
        {
            _ = FindField(name) ?? throw new ArgumentException($"{Name} has no field {name}.", nameof(values));
        }

        lock (_org.Gate)
        {
            _ = Visible();
            var now = _org.Time.GetUtcNow();
            var id = Id(number);
            Dictionary<string, object?> merged = new(
                _records.GetValueOrDefault(id)?.Values ?? new Dictionary<string, object?>(),
                StringComparer.OrdinalIgnoreCase);
            foreach (var (name, value) in values)
            {
                merged[name] = value;
            }

            _uncommitted.Add((now + commitsAfter, new OrgRecord(id, now, isDeleted, merged)));
        }

        return this;
    }

    private Dictionary<string, OrgRecord>.ValueCollection Visible()
    {
        lock (_org.Gate)
        {
            if (_uncommitted.Count == 0)
            {
                return _records.Values;
            }

            var now = _org.Time.GetUtcNow();
            foreach (
                var (_, record) in _uncommitted.Where(pending => pending.VisibleAt <= now).OrderBy(pending => pending.VisibleAt).ToList())
            {
                _records[record.Id] = record;
            }

            _uncommitted.RemoveAll(pending => pending.VisibleAt <= now);
            return _records.Values;
        }
    }

    private int? Compare(string path, object? left, object? right, bool sorts)
    {
        if (left is null || right is null)
        {
            return left is null && right is null ? 0 : sorts ? (left is null ? -1 : 1) : null;
        }

        return (left, right) switch
        {
            (DateTimeOffset one, DateTimeOffset other) => Rounded(one, sorts).CompareTo(Rounded(other, sorts)),
            (bool one, bool other) => one.CompareTo(other),
            (string one, string other) when FieldAt(path)?.Type is "id" or "reference" => string.CompareOrdinal(one, other),
            (string one, string other) => string.Compare(one, other, StringComparison.OrdinalIgnoreCase),
            _ => Convert
                .ToDecimal(left, System.Globalization.CultureInfo.InvariantCulture)
                .CompareTo(Convert.ToDecimal(right, System.Globalization.CultureInfo.InvariantCulture)),
        };
    }

    private DateTimeOffset Rounded(DateTimeOffset time, bool sorts) =>
        _org.Options.Milliseconds == MillisecondRule.Exact || (sorts && _org.Options.Milliseconds == MillisecondRule.IgnoredInConditions)
            ? time.AddTicks(-(time.Ticks % TimeSpan.TicksPerMillisecond))
            : time.AddTicks(-(time.Ticks % TimeSpan.TicksPerSecond));
}
