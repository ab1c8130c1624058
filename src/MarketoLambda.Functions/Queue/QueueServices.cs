using MarketoLambda.Functions.Clients;
using MarketoLambda.Hosting.Requests;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace MarketoLambda.Functions.Queue;

internal static class QueueServices
{
    /// <summary>Where requests go.</summary>
    public static IServiceCollection AddRunQueue(this IServiceCollection services, IConfiguration settings)
    {
        services.AddOptions<RunQueueOptions>().ValidateOnStart().Configure(options =>
        {
            options.Url = settings["Queue:Url"] ?? "";
            options.DeadLettersUrl = settings["Queue:DeadLettersUrl"] ?? "";
        });
        services.AddSingleton<IValidateOptions<RunQueueOptions>, RunQueueValidator>();
        return services.AddSingleton<IRunRequests>(provider => new SqsRunRequests(
            provider.GetRequiredService<AwsClients>().Sqs,
            provider.GetRequiredService<IOptions<RunQueueOptions>>().Value.Url));
    }

    /// <summary>Where what can never lead to a run goes, for the function that takes requests.</summary>
    public static IServiceCollection AddDeadLetters(this IServiceCollection services)
    {
        services.AddOptions<RunQueueOptions>().Validate(
            options => RunQueueValidator.IsFifo(options.DeadLettersUrl),
            "Queue__DeadLettersUrl must be the URL of an SQS FIFO queue; it ends in .fifo.");
        return services;
    }
}

internal sealed class RunQueueOptions
{
    /// <summary>Address of the FIFO queue.</summary>
    public string Url { get; set; } = "";

    /// <summary>Address of the FIFO queue of what can never lead to a run. Only the function that takes requests has one.</summary>
    public string DeadLettersUrl { get; set; } = "";
}

internal sealed class RunQueueValidator : IValidateOptions<RunQueueOptions>
{
    public ValidateOptionsResult Validate(string? name, RunQueueOptions options) =>
        IsFifo(options.Url)
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail("Queue__Url must be the URL of an SQS FIFO queue; it ends in .fifo.");

    public static bool IsFifo(string url) => Uri.TryCreate(url, UriKind.Absolute, out _) && url.EndsWith(".fifo", StringComparison.Ordinal);
}
