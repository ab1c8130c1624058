using System.Globalization;
using MarketoLambda.Emulator;

namespace MarketoLambda.Sync.Tests.Targets;

/// <summary>The people whom the records of a contract name: everybody but <c>z</c> and <c>nobody</c>.</summary>
internal sealed class NamedPeople
{
    private const int Rows = 2000;

    private readonly Dictionary<string, long> _ids = new(StringComparer.Ordinal);
    private readonly Dictionary<long, string> _names = [];

    /// <summary>Enters them.</summary>
    public NamedPeople EnterInto(MarketoEmulator marketo)
    {
        foreach (var name in Names())
        {
            var id = _ids.Count + 1L;
            (_ids[name], _names[id]) = (id, name);
            marketo.Seed("lead", $$"""{"id":{{id}},"email":"{{Address(name)}}"}""");
        }

        return this;
    }

    public static string Address(string name) => $"{name.Replace(' ', '-')}@people.example";

    /// <summary>0 for somebody who does not exist.</summary>
    public long IdOf(string name) => _ids.GetValueOrDefault(name);

    public string NameOf(long id) => _names[id];

    /// <summary>Everybody, in no particular order.</summary>
    public static IEnumerable<string> Names() =>
        [
            "a", "b", "c", "o'neil+x&y",
            .. Enumerable.Range(0, 301).Select(number => $"key {number}"),
            .. Enumerable.Range(0, 301).Select(number => $"o'neil+x&y {number}"),
            .. Enumerable.Range(0, Rows).Select(number => string.Create(CultureInfo.InvariantCulture, $"key-{number:000000}")),
        ];
}
