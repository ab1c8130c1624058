using System.Text;
using MarketoLambda.Hosting;
using MarketoLambda.Hosting.Logs;
using MarketoLambda.Hosting.Requests;
using MarketoLambda.Hosting.Warm;
using MarketoLambda.Hosting.Webhooks;
using MarketoLambda.Marketo.Identity;
using MarketoLambda.Sync.Jobs;
using MarketoLambda.Sync.Runs;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace MarketoLambda.Testing;

/// <summary>
/// The whole application without its cloud: a queue, instances that come and go, a webhook, an emulated Marketo, virtual time.
/// </summary>
public sealed class ServerlessScenario : IDisposable
{
    /// <summary>Time a function has, as the template says.</summary>
    public static readonly TimeSpan FunctionTime = TimeSpan.FromSeconds(900);

    /// <summary>How long the queue holds a message back, as the template says.</summary>
    public static readonly TimeSpan QueueDelay = TimeSpan.FromSeconds(60);

    /// <summary>When the queue delivers a message again that was not handled, as the template says.</summary>
    public static readonly TimeSpan VisibilityTimeout = TimeSpan.FromSeconds(1080);

    public const string WebhookSecret = "a-secret-of-the-test";
    public const string PreviousWebhookSecret = "the-secret-before-it";

    private readonly MemoryStream _log = new();
    private ServiceProvider? _instance;

    public ServerlessScenario(SyncScenario? sync = null)
    {
        Sync = sync ?? new SyncScenario().Initialized();
        Queue = new MemoryRunRequests(Sync.Time, QueueDelay);
        Jobs = new JobList([Sync.Job]);
    }

    public SyncScenario Sync { get; }

    public MemoryRunRequests Queue { get; }

    public JobList Jobs { get; set; }

    /// <summary>What the present instance remembers.</summary>
    public WarmInstance Memory { get; private set; } = new();

    /// <summary>Everything the application logged, a JSON object a line.</summary>
    public IReadOnlyList<string> Log => Encoding.UTF8.GetString(_log.ToArray()).Split('\n', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Calls Marketo has received so far.</summary>
    public int MarketoCalls => (int)Sync.Marketo.Calls.Arrived;

    /// <summary>The instance is gone; the next invocation starts cold.</summary>
    public ServerlessScenario ColdStart()
    {
        _instance?.Dispose();
        _instance = null;
        Memory = new WarmInstance();
        return this;
    }

    /// <summary>Somebody or something queues a request.</summary>
    public ServerlessScenario Ask(RunRequest request)
    {
        Sync.Time.Run(() => Queue.SendAsync(request, CancellationToken.None));
        return this;
    }

    public ServerlessScenario AskForProduct(string occasion) => Ask(new RunRequest(SyncScenario.Product, RunTrigger.Schedule, occasion));

    /// <summary>One invocation with the next message, as soon as the queue delivers it.</summary>
    /// <returns>What the run did; null for a request that only led to others.</returns>
    /// <exception cref="AggregateException">The invocation failed: the message is still there, and can be delivered again.</exception>
    public SyncReport? Deliver()
    {
        var (request, visibleAt) = Queue.Peek() ?? throw new InvalidOperationException("The queue is empty.");
        if (visibleAt > Sync.Time.GetUtcNow())
        {
            Sync.Time.Advance(visibleAt - Sync.Time.GetUtcNow());
        }

        SyncReport? report = null;
        Sync.Time.Run(async () =>
            report = await Get<RunRequestHandler>().HandleAsync(request.ToJson(), FunctionTime, CancellationToken.None));
        Queue.Delete();
        return report;
    }

    /// <summary>Invocations until the queue is empty.</summary>
    public IReadOnlyList<SyncReport> DeliverAll()
    {
        List<SyncReport> reports = [];
        while (Queue.Waiting > 0)
        {
            if (Deliver() is { } report)
            {
                reports.Add(report);
            }
        }

        return reports;
    }

    /// <summary>A web request.</summary>
    public WebhookAnswer Call(WebhookCall call)
    {
        WebhookAnswer? answer = null;
        Sync.Time.Run(async () => answer = await Get<WebhookHandler>().AnswerAsync(call, TimeSpan.FromSeconds(25), CancellationToken.None));
        return answer!;
    }

    /// <summary>What the present instance handles requests with.</summary>
    public RunRequestHandler Handler => Get<RunRequestHandler>();

    /// <summary>Handles a message that never was on the queue.</summary>
    public void Handle(string message) =>
        Sync.Time.Run(() => Get<RunRequestHandler>().HandleAsync(message, FunctionTime, CancellationToken.None));

    public void Dispose() => _instance?.Dispose();

    private T Get<T>() where T : notnull => (_instance ??= Start()).GetRequiredService<T>();

    private ServiceProvider Start() =>
        TestHost.Build(
            Sync.Time,
            Sync.Marketo.CreateHandler,
            Sync.Rejects,
            Sync.Alerts,
            memory: Memory,
            more: services =>
            {
                services.AddLogging(logging => logging.AddProvider(new JsonLog(_log, Sync.Time)));
                services.AddSingleton<IAccessTokenCache>(Memory);
                services.AddSingleton(Jobs);
                services.AddSingleton(new JobNames([.. Jobs.All.Select(job => job.Name)]));
                services.AddSingleton<IRunRequests>(Queue);
                services.AddRunRequests();
                services.AddWebhook(
                    new ConfigurationBuilder()
                        .AddInMemoryCollection([new("Secret", WebhookSecret), new("PreviousSecret", PreviousWebhookSecret)])
                        .Build());
            }
        );
}
