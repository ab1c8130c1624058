using System.Globalization;
using System.Text.Json;
using MarketoLambda.Emulator.Http;
using MarketoLambda.Emulator.Inspection;

namespace MarketoLambda.Emulator;

/// <summary>
/// The emulator's own pages under <c>/_emulator</c>, as JSON and without authentication. They are no calls: neither counted nor logged.
/// </summary>
internal sealed class InspectionEndpoints(MarketoEmulator emulator, TimeProvider time)
{
    private const string Root = "/_emulator";

    private static readonly string[] Index =
    [
        "GET /_emulator/objects",
        "GET /_emulator/objects/{name}/records?offset=0&limit=100",
        "GET /_emulator/calls?limit=100",
        "GET /_emulator/limits",
        "GET, POST, DELETE /_emulator/faults",
        "GET, POST /_emulator/clock",
        "POST /_emulator/tokens/expire",
        "POST /_emulator/reset",
    ];

    public static bool Covers(string path) =>
        path.StartsWith(Root, StringComparison.Ordinal) && (path.Length == Root.Length || path[Root.Length] == '/');

    public EmulatorResponse Answer(EmulatorRequest request)
    {
        var query = QueryString.Parse(request.Query);
        var parts = request.Path[Root.Length..].Split('/', StringSplitOptions.RemoveEmptyEntries);
        try
        {
            return (request.Method, parts) switch
            {
                ("GET", []) => Page(new { emulator = "Adobe Marketo, one subscription", pages = Index }),
                ("GET", ["objects"]) => Objects(),
                ("GET", ["objects", var name, "records"]) => Records(Uri.UnescapeDataString(name), query),
                ("GET", ["calls"]) => CallsPage(query),
                ("GET", ["limits"]) => Page(emulator.Limits),
                ("GET", ["faults"]) => FaultsPage(),
                ("POST", ["faults"]) => AddFault(request),
                ("DELETE", ["faults"]) => ClearFaults(),
                ("GET", ["clock"]) => Clock(),
                ("POST", ["clock"]) => AdvanceClock(request),
                ("POST", ["tokens", "expire"]) => Done(emulator.ExpireTokens, "every token is dead"),
                ("POST", ["reset"]) => Done(emulator.Reset, "a new subscription"),
                _ => Wrong(404, "There is no such page", Index),
            };
        }
        catch (Exception wrong)
            when (wrong is JsonException or ArgumentException or InvalidOperationException or FormatException or KeyNotFoundException)
        {
            return Wrong(400, wrong.Message, []);
        }
    }

    /// <summary>Custom objects, then those of Marketo's own that have records.</summary>
    private EmulatorResponse Objects()
    {
        var counts = emulator.ObjectNames.Concat(StandardObjects.All.Select(standard => standard.Schema.ApiName)).Distinct()
            .Select(name => new { name, records = emulator.Count(name) });
        return Page(counts.Where(count => count.records > 0 || emulator.ObjectNames.Contains(count.name)));
    }

    private EmulatorResponse Records(string name, QueryString query)
    {
        var records = emulator.Records(name);
        return Page(new
        {
            count = records.Count,
            records = records.Skip(Number(query, "offset", 0)).Take(Number(query, "limit", 100)),
        });
    }

    private EmulatorResponse CallsPage(QueryString query)
    {
        var calls = emulator.Calls;
        return Page(new
        {
            calls.Arrived,
            calls.ByKind,
            calls.ByOutcome,
            newest = calls.Newest.TakeLast(Number(query, "limit", 100)).Select(call => new
            {
                call.Number,
                call.ArrivedAt,
                call.CompletedAt,
                kind = call.Kind.Name,
                call.ObjectName,
                call.Records,
                call.BodyBytes,
                call.Outcome,
            }),
        });
    }

    private EmulatorResponse FaultsPage() => Page(new { emulator.Faults.Unreachable, emulator.Faults.Rules });

    private EmulatorResponse AddFault(EmulatorRequest request)
    {
        using var body = JsonDocument.Parse(request.Body);
        FaultJson.AddTo(emulator.Faults, body.RootElement);
        return FaultsPage();
    }

    private EmulatorResponse ClearFaults()
    {
        emulator.Faults.Clear();
        return FaultsPage();
    }

    private EmulatorResponse Clock() => Page(new { now = time.GetUtcNow(), canAdvance = emulator.Options.AdvanceClock is not null });

    private EmulatorResponse AdvanceClock(EmulatorRequest request)
    {
        using var body = JsonDocument.Parse(request.Body);
        var advance = emulator.Options.AdvanceClock ?? throw new InvalidOperationException("This clock cannot be moved");
        advance(SecondsJson.Read(body.RootElement.GetProperty("advanceSeconds"), "advanceSeconds"));
        return Clock();
    }

    private static EmulatorResponse Done(Action action, string what)
    {
        action();
        return Page(new { done = what });
    }

    private static int Number(QueryString query, string name, int otherwise)
    {
        if (query[name] is not { } text)
        {
            return otherwise;
        }

        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw new ArgumentException($"'{name}' must be a whole number from 0 to {int.MaxValue}");
    }

    private static EmulatorResponse Page<T>(T content) =>
        new() { Body = JsonSerializer.SerializeToUtf8Bytes(content, JsonSerializerOptions.Web) };

    private static EmulatorResponse Wrong(int status, string message, string[] pages) =>
        Page(new { error = message, pages }) with
        {
            Status = status,
        };
}
