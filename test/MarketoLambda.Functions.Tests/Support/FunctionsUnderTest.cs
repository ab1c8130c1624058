using System.Text;
using Amazon.SimpleEmailV2;
using Amazon.SimpleEmailV2.Model;
using Amazon.SimpleSystemsManagement;
using Amazon.SimpleSystemsManagement.Model;
using Amazon.SQS;
using Amazon.SQS.Model;
using MarketoLambda.Emulator.Identity;
using MarketoLambda.Functions.Clients;
using MarketoLambda.Functions.Hosting;
using MarketoLambda.Hosting.Warm;
using MarketoLambda.Sources.JobFiles;
using MarketoLambda.Testing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Moq;

namespace MarketoLambda.Functions.Tests.Support;

/// <summary>The functions as they are deployed, in front of an emulated Marketo and mocked AWS clients, on virtual time.</summary>
internal sealed class FunctionsUnderTest : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("marketo-lambda-test-");
    private readonly MemoryStream _log = new();
    private ServiceProvider? _services;

    public FunctionsUnderTest()
    {
        WarmInstance.OfThisProcess.Clear(); // whatever test was before: this one starts with a new process
        Sync = new SyncScenario().Initialized();
        Directory.CreateDirectory(Path.Combine(_folder.FullName, "drop"));
        File.WriteAllText(Path.Combine(_folder.FullName, "jobs.json"), JobsOf("Sku"));
        Settings = new()
        {
            ["Marketo:BaseUrl"] = "https://123-abc-456.mktorest.com",
            ["FromSsm:Marketo:ClientId"] = "/test/client-id",
            ["FromSsm:Marketo:ClientSecret"] = "/test/client-secret",
            ["FromSsm:Webhook:Secret"] = "/test/webhook-secret",
            ["Queue:Url"] = "https://sqs.eu-central-1.amazonaws.com/123456789012/runs.fifo",
            ["Queue:DeadLettersUrl"] = "https://sqs.eu-central-1.amazonaws.com/123456789012/dead.fifo",
            ["Alerts:From"] = "alerts@example.com",
            ["Alerts:To"] = "one@example.com, two@example.com",
            ["Sync:JobsFile"] = Path.Combine(_folder.FullName, "jobs.json"),
        };
        Parameters = new()
        {
            ["/test/client-id"] = CustomService.DefaultClientId,
            ["/test/client-secret"] = CustomService.DefaultClientSecret,
            ["/test/webhook-secret"] = "a-secret-for-sam-local-only",
        };
        Ssm.Setup(ssm => ssm.GetParametersAsync(It.IsAny<GetParametersRequest>(), It.IsAny<CancellationToken>()))
            .ReturnsAsync(
                (GetParametersRequest request, CancellationToken _) =>
                    new GetParametersResponse
                    {
                        Parameters =
                        [
                            .. request
                                .Names.Where(Parameters.ContainsKey)
                                .Select(name => new Parameter { Name = name, Value = Parameters[name] }),
                        ],
                        InvalidParameters = [.. request.Names.Where(name => !Parameters.ContainsKey(name))],
                    }
            );
        Sqs.Setup(sqs => sqs.SendMessageAsync(It.IsAny<SendMessageRequest>(), It.IsAny<CancellationToken>()))
            .Callback((SendMessageRequest request, CancellationToken _) => Queued.Add(request))
            .ReturnsAsync(new SendMessageResponse());
        Ses.Setup(ses => ses.SendEmailAsync(It.IsAny<SendEmailRequest>(), It.IsAny<CancellationToken>()))
            .Callback((SendEmailRequest request, CancellationToken _) => Mails.Add(request))
            .ReturnsAsync(new SendEmailResponse());
    }

    public SyncScenario Sync { get; }

    public Dictionary<string, string?> Settings { get; }

    public Dictionary<string, string> Parameters { get; }

    public Mock<IAmazonSimpleSystemsManagement> Ssm { get; } = new(MockBehavior.Strict);

    public Mock<IAmazonSQS> Sqs { get; } = new(MockBehavior.Strict);

    public Mock<IAmazonSimpleEmailServiceV2> Ses { get; } = new(MockBehavior.Strict);

    /// <summary>Where job files in AWS are; by default nobody may ask.</summary>
    public JobFileClients JobFiles { get; set; } =
        new(() => throw new InvalidOperationException("S3 was asked."), () => throw new InvalidOperationException("SSM was asked."));

    public List<SendMessageRequest> Queued { get; } = [];

    public List<SendEmailRequest> Mails { get; } = [];

    public string Log => Encoding.UTF8.GetString(_log.ToArray());

    /// <summary>Keys of all records in Marketo.</summary>
    public IReadOnlyList<string> Skus =>
        [
            .. Sync
                .Marketo.Records(SyncScenario.Product)
                .Select(record => record.Fields["sku"].GetString() ?? "")
                .Order(StringComparer.Ordinal),
        ];

    /// <summary>A job file whose key is filled from that column.</summary>
    public string JobsOf(string column) =>
        $$"""
            { "jobs": { "product_c": {
                "source": { "type": "csv", "folder": "{{Path.Combine(_folder.FullName, "drop")}}", "settleSeconds": 0 },
                "key": "sku", "fields": { "sku": "{{column}}", "amount": "Amount" } } } }
            """;

    public FunctionsUnderTest Drop(string name, params string[] rows)
    {
        File.WriteAllLines(Path.Combine(_folder.FullName, "drop", name), ["Sku,Amount", .. rows]);
        File.SetLastWriteTimeUtc(Path.Combine(_folder.FullName, "drop", name), Sync.Time.GetUtcNow().UtcDateTime.AddHours(-1));
        return this;
    }

    /// <summary>What the generated code does while an instance starts.</summary>
    public T Start<T>() where T : class
    {
        ServiceCollection services = new();
        services.AddSingleton<T>();
        services.AddFunctions(
            new ConfigurationBuilder().AddInMemoryCollection(Settings).Build(),
            new AwsClients(Ssm.Object, Sqs.Object, Ses.Object, JobFiles, Sync.Marketo.CreateHandler),
            _log,
            Sync.Time);
        _services = services.BuildServiceProvider();
        return _services.GetRequiredService<T>();
    }

    public void Invoke(Func<Task> invocation) => Sync.Time.Run(invocation);

    public TAnswer Invoke<TAnswer>(Func<Task<TAnswer>> invocation)
    {
        TAnswer? answer = default;
        Sync.Time.Run(async () => answer = await invocation());
        return answer!;
    }

    public void Dispose()
    {
        _services?.Dispose();
        _log.Dispose();
        _folder.Delete(recursive: true);
    }
}
