using MarketoLambda.Sources;
using MarketoLambda.Sync.Rejects;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace MarketoLambda.Functions.Hosting;

/// <summary>Where rejected records go that are not kept in Marketo.</summary>
internal static class DurableRejects
{
    /// <summary>
    /// A bucket, or a folder that outlives the instance, where a setting names one. Lambda mounts file systems below <c>/mnt/</c> only.
    /// </summary>
    public static IServiceCollection AddDurableRejects(this IServiceCollection services, IConfiguration settings, TimeProvider time)
    {
        return RejectSinks.Choose(settings["Sync:RejectsBucket"], settings["Sync:RejectsFolder"], time, InFolder) is { } sink
            ? services.AddSingleton(sink)
            : services;

        IRejectSink InFolder(string folder)
        {
            services.AddOptions<DurableRejectsOptions>().ValidateOnStart().Configure(options => options.Folder = folder);
            services.AddSingleton<IValidateOptions<DurableRejectsOptions>, DurableRejectsValidator>();
            return new JsonLinesRejects(folder, time);
        }
    }
}

internal sealed class DurableRejectsOptions
{
    public string Folder { get; set; } = "";
}

/// <summary>The mark may only pass a rejected record that is stored for good; what lies in <c>/tmp</c> dies with the instance.</summary>
internal sealed class DurableRejectsValidator : IValidateOptions<DurableRejectsOptions>
{
    public ValidateOptionsResult Validate(string? name, DurableRejectsOptions options) =>
        options.Folder.StartsWith("/mnt/", StringComparison.Ordinal)
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail(
                "Sync__RejectsFolder must be a folder below /mnt/, on a file system that outlives the instance. Leave it out, and rejected "
                    + "records are kept in Marketo."
            );
}
