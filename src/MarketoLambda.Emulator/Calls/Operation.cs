using MarketoLambda.Emulator.Http;
using MarketoLambda.Emulator.Identity;

namespace MarketoLambda.Emulator.Calls;

/// <summary>Carries a call out at a moment and answers it.</summary>
internal delegate EmulatorResponse AnswerCall(Call call, DateTimeOffset now);

/// <summary>A call of a part of the API that has paths of its own.</summary>
/// <param name="Verb">What <c>_method</c> says, or else the method: <c>GET</c>, <c>POST</c> or <c>DELETE</c>.</param>
/// <param name="Path">Without <c>.json</c>; a part <c>{}</c> stands for any text: <c>/rest/v1/lead/{}</c>.</param>
/// <param name="Kind">What it is for the log and for faults.</param>
/// <param name="ObjectName">The object it is about, for the log and for faults.</param>
internal sealed record Operation(string Verb, string Path, CallKind Kind, string ObjectName)
{
    private const string Any = "{}";

    private readonly string[] _parts = Path.Split('/');

    /// <summary>Any of these permissions is enough.</summary>
    public required ApiPermissions Permissions { get; init; }

    /// <summary>The texts in the places of <c>{}</c>; null where the path is another one.</summary>
    /// <param name="parts">A path without <c>.json</c>, cut at its slashes.</param>
    public string[]? Match(string[] parts)
    {
        if (parts.Length != _parts.Length)
        {
            return null;
        }

        var pairs = _parts.Zip(parts).ToArray();
        return Array.TrueForAll(pairs, pair => pair.First == Any ? pair.Second.Length > 0 : pair.First == pair.Second)
            ? [.. pairs.Where(pair => pair.First == Any).Select(pair => Uri.UnescapeDataString(pair.Second))]
            : null;
    }
}
