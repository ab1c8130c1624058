using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace MarketoLambda.Cli.Hosting;

/// <summary>Checks all settings before anything is started.</summary>
internal static class SettingsValidation
{
    /// <exception cref="OptionsValidationException">Settings are missing or wrong: all of them, also where several sections have mistakes.
    /// </exception>
    public static void Run(IServiceProvider services)
    {
        try
        {
            services.GetRequiredService<IStartupValidator>().Validate();
        }
        catch (AggregateException several) when (several.InnerExceptions.All(wrong => wrong is OptionsValidationException))
        {
            throw new OptionsValidationException(
                "Settings",
                typeof(LocalHost),
                several.InnerExceptions.OfType<OptionsValidationException>().SelectMany(wrong => wrong.Failures));
        }
    }
}
