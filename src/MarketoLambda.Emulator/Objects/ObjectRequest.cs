using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using MarketoLambda.Emulator.Calls;
using MarketoLambda.Emulator.Settings;

namespace MarketoLambda.Emulator.Objects;

/// <summary>The checks every call with a JSON body and an <c>input</c> has in common.</summary>
internal static class ObjectRequest
{
    /// <summary>The body, a JSON object; the caller disposes it.</summary>
    public static bool TryReadJson(Call call, [NotNullWhen(true)] out JsonDocument? body, [NotNullWhen(false)] out Refusal? refusal)
    {
        body = null;
        refusal = call.Request.HasContentType("application/json") ? null : Refusal.InvalidContentType;
        if (refusal is not null)
        {
            return false;
        }

        body = Json.Parse(call.Request.Body);
        if (body?.RootElement.ValueKind == JsonValueKind.Object)
        {
            return true;
        }

        body?.Dispose();
        (body, refusal) = (null, Refusal.InvalidJson);
        return false;
    }

    /// <summary>The body, with an <c>input</c> of 1 to 300 elements; the caller disposes it.</summary>
    public static bool TryRead(
        Call call,
        EmulatorOptions options,
        [NotNullWhen(true)] out JsonDocument? body,
        [NotNullWhen(false)] out Refusal? refusal)
    {
        if (!TryReadJson(call, out body, out refusal))
        {
            return false;
        }

        refusal = CheckInput(call, options, body.RootElement);
        if (refusal is null)
        {
            return true;
        }

        body.Dispose();
        body = null;
        return false;
    }

    private static Refusal? CheckInput(Call call, EmulatorOptions options, JsonElement request)
    {
        if (!request.TryGetProperty("input", out var input) || input.ValueKind != JsonValueKind.Array || input.GetArrayLength() == 0)
        {
            return Refusal.MissingParameter("input");
        }

        call.Entry.Records = input.GetArrayLength();
        return call.Entry.Records > options.MaxRecordsPerCall
            ? Refusal.Invalid($"The input has {call.Entry.Records} records, {options.MaxRecordsPerCall} are allowed")
            : null;
    }
}
