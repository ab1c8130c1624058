using MarketoLambda.Functions.Hosting;
using MarketoLambda.Sync.Requests;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace MarketoLambda.Functions.Queue;

internal static class QueueServices
{
    public static IServiceCollection AddRunQueue(this IServiceCollection services, IConfiguration settings)
    {
        services.AddOptions<RunQueueOptions>().ValidateOnStart().Configure(options => options.Url = settings["Queue:Url"] ?? "");
        services.AddSingleton<IValidateOptions<RunQueueOptions>, RunQueueValidator>();
        return services.AddSingleton<IRunRequests>(provider =>
            new SqsRunRequests(provider.GetRequiredService<AwsClients>().Sqs, provider.GetRequiredService<IOptions<RunQueueOptions>>().Value.Url));
    }
}

internal sealed class RunQueueOptions
{
    /// <summary>Address of the FIFO queue.</summary>
    public string Url { get; set; } = "";
}

internal sealed class RunQueueValidator : IValidateOptions<RunQueueOptions>
{
    public ValidateOptionsResult Validate(string? name, RunQueueOptions options) =>
        Uri.TryCreate(options.Url, UriKind.Absolute, out _) && options.Url.EndsWith(".fifo", StringComparison.Ordinal)
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail("Queue__Url must be the URL of an SQS FIFO queue; it ends in .fifo.");
}
