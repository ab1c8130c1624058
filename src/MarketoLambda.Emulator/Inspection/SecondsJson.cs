using System.Text.Json;

namespace MarketoLambda.Emulator.Inspection;

/// <summary>Reads a time in seconds, 0 to ten years.</summary>
internal static class SecondsJson
{
    private const double Max = 10 * 365.25 * 86_400;

    /// <exception cref="ArgumentException">It is no number, or out of range; the message names it.</exception>
    public static TimeSpan Read(JsonElement value, string name) =>
        value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var seconds) && seconds is >= 0 and <= Max
            ? TimeSpan.FromSeconds(seconds)
            : throw new ArgumentException($"'{name}' must be a number of seconds from 0 to {Max:0}");
}
