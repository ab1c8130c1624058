using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using MarketoLambda.Emulator.Calls;
using MarketoLambda.Emulator.Schema;
using MarketoLambda.Emulator.Settings;

namespace MarketoLambda.Emulator.Objects;

/// <summary>The ids of leads that a call is about, as <c>?id=1&amp;id=2</c> or as <c>{"input":[{"id":1}]}</c>.</summary>
internal static class IdList
{
    /// <param name="ids">Null for what cannot be an id.</param>
    public static bool TryRead(
        Call call,
        EmulatorOptions options,
        [NotNullWhen(true)] out IReadOnlyList<Guid?>? ids,
        [NotNullWhen(false)] out Refusal? refusal)
    {
        if (call.Query.List("id") is { } listed)
        {
            call.Entry.Records = listed.Length;
            refusal = listed.Length > options.MaxRecordsPerCall
                ? Refusal.Invalid($"There are {listed.Length} ids, {options.MaxRecordsPerCall} are allowed")
                : null;
            ids = refusal is null ? [.. listed.Select(IdField.Number.Parse)] : null;
            return ids is not null;
        }

        ids = null;
        if (!ObjectRequest.TryRead(call, options, out var body, out refusal))
        {
            return false;
        }

        using (body)
        {
            ids = [.. body.RootElement.GetProperty("input").EnumerateArray().Select(Read)];
            return true;
        }
    }

    private static Guid? Read(JsonElement element) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty("id", out var id) ? IdField.Number.Parse(id.ToString()) : null;
}
