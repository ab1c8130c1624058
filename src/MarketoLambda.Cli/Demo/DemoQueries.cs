using System.Net.Http.Headers;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using MarketoLambda.Cli.Output;

namespace MarketoLambda.Cli.Demo;

/// <summary>Asks the emulated Marketo with nothing but an HTTP client, as anybody can, and prints question and answer.</summary>
internal sealed class DemoQueries(DemoMarketo marketo, CancellationToken cancellationToken)
{
    private static readonly JsonSerializerOptions ReadableJson = new()
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <param name="path">Of the records, below <c>/rest/v1/</c>, such as <c>leads</c>.</param>
    /// <param name="filter">The field to ask by.</param>
    /// <param name="value">Its value.</param>
    /// <param name="fields">What is wanted of the record.</param>
    public async Task PrintAsync(string path, string filter, string value, string fields)
    {
        using var http = await AuthorizedAsync();
        string[] query = [$"/rest/v1/{path}.json", $"?filterType={filter}&filterValues={value}", $"&fields={fields}"];
        var answer = JsonNode.Parse(await http.GetStringAsync(string.Concat(query), cancellationToken));
        Terminal.Verbatim($"GET {string.Join("\n      ", query)}");
        Terminal.Verbatim(answer?["result"]?.AsArray().FirstOrDefault()?.ToJsonString(ReadableJson) ?? "null");
    }

    /// <summary>Deletes a person, as somebody who merges two would.</summary>
    public async Task DeleteLeadAsync(long id)
    {
        using var http = await AuthorizedAsync();
        using var answer = await http.PostAsync($"/rest/v1/leads/delete.json?id={id}", content: null, cancellationToken);
        answer.EnsureSuccessStatusCode();
    }

    private async Task<HttpClient> AuthorizedAsync()
    {
        HttpClient http = new() { BaseAddress = marketo.Address };
        var token = JsonNode.Parse(
            await http.GetStringAsync(
                "/identity/oauth/token?grant_type=client_credentials"
                    + $"&client_id={DemoMarketo.ClientId}&client_secret={DemoMarketo.ClientSecret}",
                cancellationToken));
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", (string?)token?["access_token"]);
        return http;
    }
}
