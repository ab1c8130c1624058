using Amazon.SimpleEmailV2;
using MarketoLambda.Functions.Clients;
using MarketoLambda.Sync.Outages;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace MarketoLambda.Functions.Alerts;

internal static class AlertServices
{
    public static IServiceCollection AddSesAlerts(this IServiceCollection services, IConfiguration settings)
    {
        services.AddOptions<AlertOptions>().ValidateOnStart().Configure(options => Bind(options, settings));
        services.AddSingleton<IValidateOptions<AlertOptions>, AlertOptionsValidator>();
        return services.AddSingleton<IAlertChannel>(provider => Create(provider.GetRequiredService<AwsClients>().Ses, settings));
    }

    /// <summary>The channel on its own, for what happens outside of a run.</summary>
    public static IAlertChannel Create(IAmazonSimpleEmailServiceV2 ses, IConfiguration settings)
    {
        AlertOptions options = new();
        Bind(options, settings);
        return new SesAlerts(ses, options, AlertOrigin.From(settings));
    }

    private static void Bind(AlertOptions options, IConfiguration settings)
    {
        var section = settings.GetSection(AlertOptions.Section);
        options.From = section[nameof(AlertOptions.From)] ?? "";
        options.To = section[nameof(AlertOptions.To)] ?? "";
        options.ConfigurationSet = section[nameof(AlertOptions.ConfigurationSet)] ?? "";
    }
}
