using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using System.Text.Json;
using MarketoLambda.Emulator.Calls;

namespace MarketoLambda.Emulator.Objects;

/// <summary>A query in its raw form, the same whether it came in the URI, as a form, or as JSON.</summary>
/// <remarks>Source: Adobe, rest-api/lead-database, "Query", and rest-api/custom-objects, "Compound keys".</remarks>
internal sealed class LookupRequest
{
    private const int NotANumber = -1;

    public string? FilterType { get; private init; }

    /// <summary>Values of one field; null in the JSON form.</summary>
    public IReadOnlyList<string>? FilterValues { get; private init; }

    /// <summary>Records of key fields, only in the JSON form.</summary>
    public IReadOnlyList<JsonElement>? Input { get; private init; }

    /// <summary>Fields asked for; null: the default ones.</summary>
    public IReadOnlyList<string>? Fields { get; private init; }

    /// <summary>Rows of a page; null: as many as allowed; -1: not a number.</summary>
    public int? BatchSize { get; private init; }

    public string? NextPageToken { get; private init; }

    public static bool TryRead(Call call, [NotNullWhen(true)] out LookupRequest? request, [NotNullWhen(false)] out Refusal? refusal)
    {
        request = null;
        refusal = null;
        if (call.Request.Method == "GET")
        {
            request = FromParameters(call);
            return true;
        }

        if (call.Request.HasContentType("application/x-www-form-urlencoded"))
        {
            call.Query.Add(Encoding.UTF8.GetString(call.Request.Body.Span));
            request = FromParameters(call);
            return true;
        }

        if (!ObjectRequest.TryReadJson(call, out var body, out refusal))
        {
            return false;
        }

        using (body)
        {
            request = FromJson(call, body.RootElement.Clone());
            return true;
        }
    }

    private static LookupRequest FromParameters(Call call) => new()
    {
        FilterType = call.Query["filterType"],
        FilterValues = call.Query.List("filterValues") ?? [],
        Fields = call.Query.List("fields"),
        BatchSize = ParseSize(call.Query["batchSize"]),
        NextPageToken = call.Query["nextPageToken"],
    };

    private static LookupRequest FromJson(Call call, JsonElement body) =>
        new()
        {
            FilterType = body.Choice("filterType", call.Query["filterType"] ?? "dedupeFields"),
            Input = List(body, "input") ?? [],
            Fields =
                List(body, "fields")?.Select(field => field.ToString()).ToArray()
                ?? Split(body.Text("fields"))
                ?? call.Query.List("fields"),
            BatchSize = body.TryGetProperty("batchSize", out var size) ? ParseSize(size.ToString()) : ParseSize(call.Query["batchSize"]),
            NextPageToken = body.Text("nextPageToken") ?? call.Query["nextPageToken"],
        };

    private static JsonElement[]? List(JsonElement body, string name) =>
        body.TryGetProperty(name, out var list) && list.ValueKind == JsonValueKind.Array ? [.. list.EnumerateArray()] : null;

    private static string[]? Split(string? list) => list?.Split(',', StringSplitOptions.RemoveEmptyEntries);

    private static int? ParseSize(string? text) =>
        string.IsNullOrEmpty(text) ? null
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var size) ? size
        : NotANumber;
}
