using System.Text.Json;
using MarketoLambda.Emulator.Calls;
using MarketoLambda.Emulator.Faults;

namespace MarketoLambda.Emulator.Inspection;

/// <summary>A fault as <c>POST /_emulator/faults</c> spells it. README.md lists the members.</summary>
internal static class FaultJson
{
    public static void AddTo(FaultPlan plan, JsonElement json)
    {
        if (json.TryGetProperty("unreachable", out var unreachable))
        {
            plan.Unreachable = unreachable.GetBoolean();
            return;
        }

        if (json.TryGetProperty("seed", out var seed))
        {
            var kinds = json.TryGetProperty("kinds", out var names) ? names.EnumerateArray().Select(Kind).ToArray() : null;
            plan.Random(
                seed.GetInt32(),
                Probability(json.GetProperty("probability")),
                kinds,
                json.TryGetProperty("answer", out _) ? [Read(json)] : null);
            return;
        }

        var times = json.Text("times") == "forever" ? FaultPlan.Forever : Integer(json, "times", 1, int.MaxValue) ?? 1;
        if (json.TryGetProperty("call", out var number))
        {
            plan.OnCall(Positive(number), Read(json), times);
            return;
        }

        plan.On(
            json.TryGetProperty("kind", out var kind) ? Kind(kind) : CallKind.Any,
            Read(json),
            Integer(json, "nth", 1, int.MaxValue) ?? 1,
            times,
            json.Text("object"));
    }

    private static Fault Read(JsonElement json)
    {
        var fault = json.Text("answer") switch
        {
            "code" => Fault.Code(Required(json, "code"), json.Text("message")),
            "http" => Fault.Http(Integer(json, "status", 100, 599) ?? 502, json.Text("body")),
            "brokenConnection" => Fault.BrokenConnection(),
            "hang" => Fault.Hang(Seconds(json, "seconds")),
            "slow" => Fault.Slow(Seconds(json, "seconds") ?? TimeSpan.Zero),
            "garbage" => Fault.Garbage(),
            "truncatedJson" => Fault.TruncatedJson(),
            "emptyBody" => Fault.EmptyBody(),
            "shortResult" => Fault.ShortResult(Integer(json, "missing", 1, int.MaxValue) ?? 1),
            "skipRecords" => Fault.SkipRecords(Required(json, "code"), json.Text("message"), Keys(json)),
            var other => throw new ArgumentException($"There is no answer '{other}'"),
        };
        return json.Text("effect") switch
        {
            null => fault,
            "before" => fault.BeforeEffect(),
            "after" => fault.AfterEffect(),
            "delayed" => fault.TakesEffectAfter(Seconds(json, "effectAfterSeconds") ?? TimeSpan.Zero),
            var other => throw new ArgumentException($"There is no effect '{other}'; there are before, after, delayed"),
        };
    }

    private static string Required(JsonElement json, string name) =>
        json.Text(name) ?? throw new ArgumentException($"'{name}' is missing or not a string");

    private static CallKind Kind(JsonElement name) =>
        CallKind.Named(
            name.ValueKind == JsonValueKind.String
                ? name.GetString() ?? ""
                : throw new ArgumentException("'kind' must be the name of a kind of call, as text"));

    private static double Probability(JsonElement value) =>
        value.GetDouble() is >= 0 and <= 1 and var share ? share : throw new ArgumentException("'probability' must be between 0 and 1");

    private static long Positive(JsonElement number) =>
        number.GetInt64() is >= 1 and var call ? call : throw new ArgumentException("'call' must be 1 or more");

    private static int? Integer(JsonElement json, string name, int min, int max)
    {
        if (!json.TryGetProperty(name, out var value))
        {
            return null;
        }

        return value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number) && number >= min && number <= max
            ? number
            : throw new ArgumentException(
                max == int.MaxValue
                    ? $"'{name}' must be a whole number of {min} or more"
                    : $"'{name}' must be a whole number from {min} to {max}");
    }

    private static TimeSpan? Seconds(JsonElement json, string name) =>
        json.TryGetProperty(name, out var value) ? SecondsJson.Read(value, name) : null;

    private static string[] Keys(JsonElement json) =>
        json.TryGetProperty("keys", out var keys) ? [.. keys.EnumerateArray().Select(key => key.GetString() ?? "")] : [];
}
