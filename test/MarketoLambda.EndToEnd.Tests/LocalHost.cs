using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using MarketoLambda.Emulator;
using MarketoLambda.Emulator.Http;
using MarketoLambda.Emulator.Schema;
using MarketoLambda.Emulator.Settings;
using MarketoLambda.Sync.Leases;

namespace MarketoLambda.EndToEnd.Tests;

/// <summary>A folder with a job file and files, an emulated Marketo behind a port, and the program to run on them.</summary>
internal sealed class LocalHost : IAsyncDisposable
{
    public const string ApiName = "implementedProductV1_c";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("marketo-lambda-test-");
    private readonly EmulatorServer _server;

    private LocalHost(MarketoEmulator marketo, EmulatorServer server)
    {
        Marketo = marketo;
        _server = server;
        Environment = new Dictionary<string, string>
        {
            ["Marketo__BaseUrl"] = server.Address.ToString(),
            ["Marketo__ClientId"] = "the-id",
            ["Marketo__ClientSecret"] = "the-secret",
        };
        Directory.CreateDirectory(Path.Combine(Folder, "drop"));
        WriteJobs(
            """{ "jobs": { "implementedProductV1_c": { "source": { "type": "csv", "folder": "drop", "settleSeconds": 0 }, "key": "serialNumber", "fields": { "serialNumber": "Serial Number", "quantity": "Quantity" } } } }"""
        );
    }

    public MarketoEmulator Marketo { get; }

    public string Folder => _folder.FullName;

    public Dictionary<string, string> Environment { get; }

    public static async Task<LocalHost> OpenAsync()
    {
        EmulatorOptions options = new() { KeepJournal = true };
        options.Services[0].ClientId = "the-id";
        options.Services[0].ClientSecret = "the-secret";
        MarketoEmulator marketo = new(options, TimeProvider.System);
        marketo.DefineObject(
            ApiName,
            "Implemented Product",
            FieldDefinition.Key("serialNumber"),
            new FieldDefinition("quantity", "integer"));
        return new LocalHost(marketo, await marketo.ListenAsync(0, CancellationToken.None));
    }

    public LocalHost WriteJobs(string json)
    {
        File.WriteAllText(Path.Combine(Folder, "jobs.json"), json);
        return this;
    }

    public LocalHost Drop(string name, string text)
    {
        File.WriteAllText(Path.Combine(Folder, "drop", name), text);
        return this;
    }

    public LocalHost Drop(string name, byte[] bytes)
    {
        File.WriteAllBytes(Path.Combine(Folder, "drop", name), bytes);
        return this;
    }

    /// <summary>A file of that many good rows.</summary>
    public LocalHost DropRows(string name, int rows, int first = 0) =>
        Drop(name, "Serial Number,Quantity\n" + string.Concat(Enumerable.Range(first, rows).Select(row => $"SN-{row:000000},{row % 9}\n")));

    public Task<CliResult> RunAsync(params string[] arguments) => CliProcess.RunAsync(Environment, Folder, arguments);

    public CliProcess Start(params string[] arguments) => CliProcess.Start(Environment, Folder, arguments);

    public async Task<LocalHost> InitializedAsync()
    {
        var init = await RunAsync("init");
        return init.ExitCode == 0 ? this : throw new InvalidOperationException(init.Error);
    }

    /// <summary>Asks Marketo with nothing but an HTTP client.</summary>
    public async Task<JsonNode> GetAsync(string pathAndQuery)
    {
        using var http = await AuthorizedAsync();
        return JsonNode.Parse(await http.GetStringAsync(pathAndQuery))!;
    }

    /// <summary>Makes the claims of dead runs end now, as they do by themselves some minutes later.</summary>
    public async Task EndLeasesAsync()
    {
        var claimed = Marketo.Records(RunFields.ObjectApiName).Where(row => row[RunFields.Stage.Name] == "claimed").ToList();
        if (claimed.Count == 0)
        {
            return;
        }

        JsonArray input =
        [
            .. claimed.Select(row => new JsonObject { ["marketoGUID"] = row.MarketoGuid.ToString(), [RunFields.LeaseSeconds.Name] = 0 }),
        ];
        using var http = await AuthorizedAsync();
        using StringContent body = new(
            new JsonObject
            {
                ["action"] = "updateOnly",
                ["dedupeBy"] = "idField",
                ["input"] = input,
            }.ToJsonString(),
            Encoding.UTF8,
            "application/json");
        using var response = await http.PostAsync(
            new Uri($"/rest/v1/customobjects/{RunFields.ObjectApiName}.json", UriKind.Relative),
            body);
        response.EnsureSuccessStatusCode();
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    private async Task<HttpClient> AuthorizedAsync()
    {
        HttpClient http = new() { BaseAddress = _server.Address };
        var token = JsonNode.Parse(
            await http.GetStringAsync("/identity/oauth/token?grant_type=client_credentials&client_id=the-id&client_secret=the-secret"));
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", (string?)token!["access_token"]);
        return http;
    }
}
