using MarketoLambda.Emulator.Identity;
using MarketoLambda.Marketo;
using MarketoLambda.Sync;
using MarketoLambda.Sync.Jobs;
using MarketoLambda.Sync.Leases;
using MarketoLambda.Sync.Outages;
using MarketoLambda.Sync.Rejects;
using MarketoLambda.Sync.Runs;
using MarketoLambda.Sync.Setup;
using MarketoLambda.Sync.Sources;
using MarketoLambda.Sync.State;
using MarketoLambda.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace MarketoLambda.Benchmarks;

/// <summary>The product as a user runs it, from a source to Marketo, in a process of its own.</summary>
internal static class ImportProcess
{
    public static async Task<int> ImportAsync(Uri address, ISource source, TimeProvider time)
    {
        ServiceCollection services = new();
        services.AddSingleton(time);
        services.AddMarketo(options =>
        {
            options.BaseUrl = address.ToString();
            options.ClientId = CustomService.DefaultClientId;
            options.ClientSecret = CustomService.DefaultClientSecret;
            options.CallsPer20Seconds = 100;
            options.CallsInFlight = 10;
            options.DailyQuota = 1_000_000;
        });
        services.AddSync();
        services.AddSingleton<IRejectSink, MemoryRejects>();
        services.AddSingleton<IAlertChannel, MemoryAlerts>();
        await using var host = services.BuildServiceProvider();
        var setup = host.GetRequiredService<StateSetup>();
        foreach (var kept in StateSetup.Objects)
        {
            await setup.EnsureObjectAsync(kept, CancellationToken.None);
        }

        await setup.EnsureRecordsAsync(BenchmarkFile.ApiName, CancellationToken.None);

        SyncJob job = new(
            BenchmarkFile.ApiName,
            source,
            ["serialNumber"],
            [.. BenchmarkFile.Columns.Select(column => new FieldMapping(column, column))]);
        var measured = Measurement.Start();
        var report = await host.GetRequiredService<SyncEngine>()
            .RunAsync(job, new RunDeadline(time, limit: null, CancellationToken.None), progress: null, CancellationToken.None);
        if (report.Outcome != RunOutcome.Succeeded)
        {
            Console.Error.WriteLine($"The run did not succeed: {report.Outcome} {report.Error}");
            return 1;
        }

        Console.Out.WriteLine(
            measured.Stop(report.Accepted, time is UnlimitedTime ? report.Elapsed / UnlimitedTime.Factor : report.Elapsed));
        var second = await host.GetRequiredService<SyncEngine>()
            .RunAsync(job, new RunDeadline(time, limit: null, CancellationToken.None), progress: null, CancellationToken.None);
        return second.Outcome == RunOutcome.NothingNew ? 0 : 1;
    }
}
