using MarketoLambda.Sources.S3;
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
    public static IServiceCollection AddDurableRejects(this IServiceCollection services, IConfiguration settings)
    {
        if (settings["Sync:RejectsBucket"] is { Length: > 0 } bucket)
        {
            return services.AddSingleton<IRejectSink>(provider => BucketRejects.At(bucket, provider.GetRequiredService<TimeProvider>()));
        }

        if (settings["Sync:RejectsFolder"] is not { Length: > 0 } folder)
        {
            return services;
        }

        services.AddOptions<DurableRejectsOptions>().ValidateOnStart().Configure(options => options.Folder = folder);
        services.AddSingleton<IValidateOptions<DurableRejectsOptions>, DurableRejectsValidator>();
        return services.AddSingleton<IRejectSink>(provider => new JsonLinesRejects(folder, provider.GetRequiredService<TimeProvider>()));
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
