using System.Globalization;
using MarketoLambda.Emulator.Objects;
using MarketoLambda.Sync.Mapping;
using MarketoLambda.Sync.Outages;
using MarketoLambda.Sync.Rejects;

namespace MarketoLambda.Testing.Simulation;

/// <summary>A row that was stored as a reject.</summary>
/// <param name="ApiName">The job.</param>
/// <param name="Row">Number of the row.</param>
/// <param name="WritesBefore">Writes in Marketo's journal when it was stored.</param>
public sealed record StoredReject(string ApiName, long Row, int WritesBefore)
{
    /// <summary>Those that were stored in Marketo.</summary>
    public static IReadOnlyList<StoredReject> In(IReadOnlyList<AcceptedWrite> journal) =>
        [
            .. journal
                .Index()
                .Where(write =>
                    write.Item.Record.ObjectName == RejectFields.ObjectApiName
                    && write.Item.CallNumber > 0
                    && write.Item.Kind != WriteKind.Deleted)
                .Select(write => new StoredReject(
                    write.Item.Record[RejectFields.ApiName.Name] ?? "",
                    long.Parse(write.Item.Record[RejectFields.SourceRow.Name] ?? "0", CultureInfo.InvariantCulture),
                    write.Index + 1)),
        ];
}

/// <summary>An alert that reached somebody.</summary>
/// <param name="Alert">What they read.</param>
/// <param name="At">When.</param>
public sealed record SentAlert(OutageAlert Alert, DateTimeOffset At);

/// <summary>The reject store of one process.</summary>
internal sealed class SimulatedRejects(SimulatedWorld world, ProcessLife life) : IRejectSink
{
    public string Describe(string apiName) => "the world's rejects";

    public async Task StoreAsync(string apiName, IReadOnlyList<RejectedRecord> rejects, CancellationToken cancellationToken)
    {
        var mishap = life.IsOver ? null : world.Mishaps.Next(StepKind.StoreRejects);
        if (life.IsOver || mishap?.Kill is KillMoment.BeforeEffect or KillMoment.InFlight)
        {
            life.Kill();
            await ProcessLife.NeverAsync<bool>();
        }

        if (mishap?.StoreFailsAfterwards != false)
        {
            world.Keep(apiName, rejects);
        }

        if (mishap?.Kill is not null)
        {
            life.Kill();
            await ProcessLife.NeverAsync<bool>();
        }

        if (mishap?.StoreFailsAfterwards is not null)
        {
            throw new IOException("No space left on device");
        }
    }
}

/// <summary>The alert channel of one process.</summary>
internal sealed class SimulatedAlerts(SimulatedWorld world, ProcessLife life) : IAlertChannel
{
    private readonly List<OutageAlert> _sent = [];

    /// <summary>Alerts of this process that reached somebody.</summary>
    public IReadOnlyList<OutageAlert> Sent => _sent;

    public async Task SendAsync(OutageAlert alert, CancellationToken cancellationToken)
    {
        var mishap = life.IsOver ? null : world.Mishaps.Next(StepKind.Alert);
        if (life.IsOver || mishap?.Kill is KillMoment.BeforeEffect or KillMoment.InFlight)
        {
            life.Kill();
            await ProcessLife.NeverAsync<bool>();
        }

        if (world.Mishaps.AlertsFail)
        {
            throw new IOException("The mail server is down");
        }

        _sent.Add(alert);
        world.Alerts.Add(new SentAlert(alert, world.Time.GetUtcNow()));
        if (mishap?.Kill is not null)
        {
            life.Kill();
            await ProcessLife.NeverAsync<bool>();
        }
    }
}
