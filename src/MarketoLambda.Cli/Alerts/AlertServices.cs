using MarketoLambda.Sync.Outages;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace MarketoLambda.Cli.Alerts;

/// <summary>Wires how alerts reach people.</summary>
internal static class AlertServices
{
    /// <param name="services">Where to.</param>
    /// <param name="section">The section named <see cref="AlertOptions.Section"/>.</param>
    /// <param name="outages">File that remembers outages.</param>
    public static IServiceCollection AddAlerts(this IServiceCollection services, IConfiguration section, string outages)
    {
        services.AddOptions<AlertOptions>().ValidateOnStart();
        services.AddSingleton<IConfigureOptions<AlertOptions>>(new AlertOptionsSetup(section));
        services.AddSingleton<IValidateOptions<AlertOptions>, AlertOptionsValidator>();
        services.AddSingleton<ConsoleAlerts>();
        services.AddSingleton<SmtpAlerts>();
        services.AddSingleton<IAlertChannel, LocalAlerts>();
        services.AddSingleton<IOutageMemory>(new OutageFile(outages));
        return services;
    }
}
