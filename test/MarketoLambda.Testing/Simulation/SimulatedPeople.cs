using System.Globalization;
using MarketoLambda.Emulator;

namespace MarketoLambda.Testing.Simulation;

/// <summary>The people whom rows name: each is in Marketo before the first row comes, but those who come later.</summary>
/// <param name="domain">What their addresses end with; those of no other job do.</param>
internal sealed class SimulatedPeople(string domain)
{
    private const string Late = "late-";

    private readonly Dictionary<string, string> _keys = new(StringComparer.Ordinal);
    private readonly HashSet<string> _awaited = new(StringComparer.Ordinal);
    private bool _areAllHere;

    public MarketoEmulator? Marketo { get; set; }

    /// <summary>The row with the address of its person.</summary>
    public ListSource.ListRow Name(ListSource.ListRow row)
    {
        if (row.Key.Length == 0)
        {
            return row;
        }

        var isLate = row.Owner == SimulatedJob.MissingOwner || row.Key.StartsWith(Late, StringComparison.Ordinal);
        var key = row.Key.EndsWith($"@{domain}", StringComparison.Ordinal)
            ? row.Key
            : $"{(isLate ? Late : "")}{row.Key.ToLowerInvariant()}@{domain}";
        Expect(key, isLate);
        return row with { Key = key };
    }

    /// <summary>The address of a person, by Marketo's id.</summary>
    public string KeyOf(string? id) => _keys.GetValueOrDefault(id ?? "", "");

    public void BringLate()
    {
        _areAllHere = true;
        foreach (var key in _awaited)
        {
            Enter(key);
        }
    }

    private void Expect(string key, bool isLate)
    {
        if (isLate && !_areAllHere)
        {
            _awaited.Add(key);
        }
        else
        {
            Enter(key);
        }
    }

    private void Enter(string key)
    {
        if (Marketo is { } marketo && !_keys.ContainsValue(key))
        {
            marketo.Seed("lead", $$"""{"email":"{{key}}"}""");
            _keys[marketo.Records("lead")[^1].Id?.ToString(CultureInfo.InvariantCulture) ?? ""] = key;
        }
    }
}
