using MarketoLambda.Functions.Hosting;
using MarketoLambda.Sync.Alerts;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace MarketoLambda.Functions.Alerts;

internal static class AlertServices
{
    public static IServiceCollection AddSesAlerts(this IServiceCollection services, IConfiguration settings)
    {
        var section = settings.GetSection(AlertOptions.Section);
        services.AddOptions<AlertOptions>().ValidateOnStart().Configure(options =>
        {
            options.From = section[nameof(AlertOptions.From)] ?? "";
            options.To = section[nameof(AlertOptions.To)] ?? "";
            options.ConfigurationSet = section[nameof(AlertOptions.ConfigurationSet)] ?? "";
        });
        services.AddSingleton<IValidateOptions<AlertOptions>, AlertOptionsValidator>();
        return services.AddSingleton<IAlertChannel>(provider =>
            new SesAlerts(provider.GetRequiredService<AwsClients>().Ses, provider.GetRequiredService<IOptions<AlertOptions>>().Value, AlertOrigin.Of(settings)));
    }
}
