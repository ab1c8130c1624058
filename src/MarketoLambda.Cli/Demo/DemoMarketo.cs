using MarketoLambda.Emulator;
using MarketoLambda.Emulator.Calls;
using MarketoLambda.Emulator.Http;
using MarketoLambda.Emulator.Objects;
using MarketoLambda.Emulator.Settings;
using Microsoft.Extensions.Configuration;

namespace MarketoLambda.Cli.Demo;

/// <summary>The emulated Marketo of the demo: it can be killed and brought back, and it counts by itself.</summary>
internal sealed class DemoMarketo : IAsyncDisposable
{
    public const string ClientId = "demo";
    public const string ClientSecret = "demo-secret";

    private readonly MarketoEmulator _emulator;
    private EmulatorServer? _server;

    private DemoMarketo(MarketoEmulator emulator, EmulatorServer server)
    {
        _emulator = emulator;
        _server = server;
        Address = server.Address;
    }

    public Uri Address { get; }

    /// <summary>Records in the object.</summary>
    public int Count => _emulator.Count(DemoObject.ApiName);

    /// <summary>Serial numbers of all records, one for each record.</summary>
    public IReadOnlyList<string> SerialNumbers => [.. _emulator.Records(DemoObject.ApiName).Select(record => record.Key)];

    /// <param name="time">The emulated clock.</param>
    /// <param name="furnish">Defines objects and records that are there from the start.</param>
    public static async Task<DemoMarketo> StartAsync(TimeProvider time, Action<MarketoEmulator> furnish)
    {
        EmulatorOptions options = new() { Latency = TimeSpan.FromMilliseconds(400) };
        options.Services[0].ClientId = ClientId;
        options.Services[0].ClientSecret = ClientSecret;
        MarketoEmulator emulator = new(options, time, furnish);
        return new DemoMarketo(emulator, await emulator.ListenAsync(0, CancellationToken.None));
    }

    /// <summary>Settings for a program that imports into it.</summary>
    public IConfigurationRoot Settings() =>
        new ConfigurationBuilder()
            .AddInMemoryCollection(
                new Dictionary<string, string?>
                {
                    ["Marketo:BaseUrl"] = Address.ToString(),
                    ["Marketo:ClientId"] = ClientId,
                    ["Marketo:ClientSecret"] = ClientSecret,
                }
            )
            .Build();

    /// <summary>All records of an object or of people.</summary>
    public IReadOnlyList<RecordView> Records(string objectName) => _emulator.Records(objectName);

    /// <summary>The person that a record of a custom object is linked to; null for nobody.</summary>
    public long? LinkedLead(string objectName, string linkField, string key) => _emulator.FindLinkedLead(objectName, linkField, key);

    /// <summary>Calls so far that wrote records into any object.</summary>
    public long WritingCalls() => _emulator.Calls.ByKind.TryGetValue(CallKind.Sync.Name, out var sync) ? sync.Calls : 0;

    /// <summary>Pulls the plug: connections break, new ones are refused.</summary>
    public async Task KillAsync()
    {
        if (Interlocked.Exchange(ref _server, null) is { } server)
        {
            await server.DisposeAsync();
        }
    }

    public async Task RestartAsync() => _server ??= await _emulator.ListenAsync(Address.Port, CancellationToken.None);

    public async ValueTask DisposeAsync() => await KillAsync();
}
