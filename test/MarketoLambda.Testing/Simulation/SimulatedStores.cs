using MarketoLambda.Sync.Alerts;
using MarketoLambda.Sync.Rejects;

namespace MarketoLambda.Testing.Simulation;

/// <summary>A row that was stored as a reject.</summary>
/// <param name="ApiName">The job.</param>
/// <param name="Row">Number of the row.</param>
/// <param name="WritesBefore">Writes in Marketo's journal when it was stored.</param>
public sealed record StoredReject(string ApiName, long Row, int WritesBefore);

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
    /// <summary>Alerts of this process that reached somebody.</summary>
    public int Sent { get; private set; }

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

        Sent++;
        world.Alerts.Add(alert);
        if (mishap?.Kill is not null)
        {
            life.Kill();
            await ProcessLife.NeverAsync<bool>();
        }
    }
}
