using MarketoLambda.Cli.Alerts;
using MarketoLambda.Cli.Hosting;
using MarketoLambda.Marketo;
using MarketoLambda.Marketo.Schema;
using MarketoLambda.Marketo.Settings;
using MarketoLambda.Marketo.Usage;
using MarketoLambda.Sync;
using MarketoLambda.Sync.Jobs;
using MarketoLambda.Sync.Settings;
using MarketoLambda.Sync.State;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace MarketoLambda.Cli.Doctor;

/// <summary>
/// Looks at everything that a run needs, in the order in which one thing needs the one before. What cannot be seen because something before
/// it is wrong, or from where it runs, is said to be not seen.
/// </summary>
internal sealed class Examination(string jobsPath, IConfiguration settings, NetworkAccess network, TimeProvider time, Findings findings)
{
    private const string NotBefore = "not seen, because Marketo cannot be asked yet";

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var jobs = ReadJobs();
        await using var services = Services();
        var marketo = await IsMarketoOpenAsync(services, cancellationToken) ? services.GetRequiredService<MarketoClient>() : null;
        if (marketo is null)
        {
            findings.NotSeen("Permissions, quota and what is kept in Marketo", NotBefore);
        }
        else
        {
            await CheckMarketoAsync(services, jobs, cancellationToken);
        }

        SourceCheck sources = new(time, findings);
        foreach (var job in jobs)
        {
            await sources.CheckAsync(job, marketo, cancellationToken);
        }

        await new MailCheck(services, findings).CheckAsync(cancellationToken);
        findings.NotSeen("Deployed functions", "their settings, rights and network cannot be seen from here; their log and alarms tell");
    }

    private IReadOnlyList<SyncJob> ReadJobs()
    {
        try
        {
            var jobs = LocalHost.ReadJobs(jobsPath, settings, time);
            findings.Good("Job file", $"{Path.GetFileName(jobsPath)} has {string.Join(", ", jobs.Select(job => job.Name))}");
            return jobs;
        }
        catch (Exception wrong) when (wrong is JobFileException or WrongInputException or IOException or UnauthorizedAccessException)
        {
            foreach (var line in wrong.Message.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
            {
                findings.Wrong("Job file", line);
            }

            return [];
        }
    }

    private ServiceProvider Services()
    {
        ServiceCollection services = new();
        services.AddSingleton(time);
        services.AddMarketo(settings.GetSection(MarketoOptions.Section), network.Marketo);
        services.AddSync();
        services.AddAlerts(
            settings.GetSection(AlertOptions.Section),
            Path.Combine(Path.GetDirectoryName(Path.GetFullPath(jobsPath)) ?? "", "outages.json"));
        return services.BuildServiceProvider();
    }

    private async Task<bool> IsMarketoOpenAsync(ServiceProvider services, CancellationToken cancellationToken)
    {
        MarketoOptions options;
        try
        {
            options = services.GetRequiredService<IOptions<MarketoOptions>>().Value;
        }
        catch (OptionsValidationException wrong)
        {
            foreach (var mistake in wrong.Failures)
            {
                findings.Wrong("Settings", mistake);
            }

            return false;
        }

        Uri address = new(new Uri(options.BaseUrl.Trim()).GetLeftPart(UriPartial.Authority));
        findings.Good("Settings", $"they name {address.Scheme}://{address.Authority}, a client id and a secret");
        return await new ConnectionCheck(network, time, findings).IsReachedAsync(address, cancellationToken)
            && await new UsageCheck(services.GetRequiredService<UsageClient>(), options, findings).IsLetInAsync(cancellationToken);
    }

    private async Task CheckMarketoAsync(ServiceProvider services, IReadOnlyList<SyncJob> jobs, CancellationToken cancellationToken)
    {
        PermissionCheck permissions = new(
            services.GetRequiredService<MarketoClient>(), services.GetRequiredService<CustomObjectSchemaClient>(), findings);
        await permissions.CheckCustomObjectsAsync(StateFields.ObjectApiName, cancellationToken);
        var targets = jobs.Select(job => job.Target).Where(target => target.ApiName is null);
        foreach (var target in targets.DistinctBy(target => target.Description))
        {
            await permissions.CheckTargetAsync(target, cancellationToken);
        }

        StateCheck state = new(services, findings);
        var missing = await state.CheckObjectsAsync(KeepsRejectsInMarketo(), cancellationToken);
        SlotCheck.Add(await permissions.CheckTypesAsync(isInitialized: missing == 0, cancellationToken), missing, findings);
        foreach (var job in missing == 0 ? jobs : [])
        {
            await state.CheckRecordAsync(job, cancellationToken);
        }
    }

    private bool KeepsRejectsInMarketo()
    {
        var local = settings.GetSection(LocalHostOptions.Section).Get<LocalHostOptions>() ?? new LocalHostOptions();
        return string.IsNullOrWhiteSpace(local.RejectsBucket) && string.IsNullOrWhiteSpace(local.RejectsFolder);
    }
}
