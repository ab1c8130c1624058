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
            var kinds = json.TryGetProperty("kinds", out var names) ? names.EnumerateArray().Select(name => CallKind.Named(name.GetString() ?? "")).ToArray() : null;
            plan.Random(seed.GetInt32(), json.GetProperty("probability").GetDouble(), kinds, json.TryGetProperty("answer", out _) ? [Read(json)] : null);
            return;
        }

        var times = json.TryGetProperty("times", out var given) ? (given.ValueKind == JsonValueKind.String ? FaultPlan.Forever : given.GetInt32()) : 1;
        if (json.TryGetProperty("call", out var number))
        {
            plan.OnCall(number.GetInt64(), Read(json), times);
            return;
        }

        plan.On(CallKind.Named(json.Text("kind") ?? "any"), Read(json), Integer(json, "nth") ?? 1, times, json.Text("object"));
    }

    private static Fault Read(JsonElement json)
    {
        var fault = json.Text("answer") switch
        {
            "code" => Fault.Code(Required(json, "code"), json.Text("message")),
            "http" => Fault.Http(Integer(json, "status") ?? 502, json.Text("body")),
            "brokenConnection" => Fault.BrokenConnection(),
            "hang" => Fault.Hang(Seconds(json, "seconds")),
            "slow" => Fault.Slow(Seconds(json, "seconds") ?? TimeSpan.Zero),
            "garbage" => Fault.Garbage(),
            "truncatedJson" => Fault.TruncatedJson(),
            "emptyBody" => Fault.EmptyBody(),
            "shortResult" => Fault.ShortResult(Integer(json, "missing") ?? 1),
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

    private static string Required(JsonElement json, string name) => json.Text(name) ?? throw new ArgumentException($"'{name}' is missing or not a string");

    private static int? Integer(JsonElement json, string name) => json.TryGetProperty(name, out var value) ? value.GetInt32() : null;

    private static TimeSpan? Seconds(JsonElement json, string name) => json.TryGetProperty(name, out var value) ? TimeSpan.FromSeconds(value.GetDouble()) : null;

    private static string[] Keys(JsonElement json) =>
        json.TryGetProperty("keys", out var keys) ? [.. keys.EnumerateArray().Select(key => key.GetString() ?? "")] : [];
}
