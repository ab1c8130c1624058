using MarketoLambda.Hosting.Requests;
using MarketoLambda.Hosting.Webhooks;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace MarketoLambda.Hosting;

/// <summary>Wires what a host without people needs.</summary>
public static class HostingServices
{
    /// <summary>
    /// Adds the handler of run requests. The host adds the engine, a <see cref="Sync.Jobs.JobList"/> and an <see cref="IRunRequests"/>.
    /// </summary>
    public static IServiceCollection AddRunRequests(this IServiceCollection services) => services.AddSingleton<RunRequestHandler>();

    /// <summary>Adds the webhook.</summary>
    /// <param name="services">Where to.</param>
    /// <param name="section">The section named <see cref="WebhookOptions.Section"/>.</param>
    public static IServiceCollection AddWebhook(this IServiceCollection services, IConfiguration section)
    {
        services.AddOptions<WebhookOptions>().ValidateOnStart().Configure(options =>
        {
            options.Secret = section[nameof(WebhookOptions.Secret)] ?? "";
            options.PreviousSecret = section[nameof(WebhookOptions.PreviousSecret)] ?? "";
        });
        services.AddSingleton<IValidateOptions<WebhookOptions>, WebhookOptionsValidator>();
        services.AddSingleton<WebhookSecrets>();
        return services.AddSingleton<WebhookHandler>();
    }
}
