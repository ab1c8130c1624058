using MarketoLambda.Sync.State;

namespace MarketoLambda.Testing.Simulation;

/// <summary>Brings a world to rest, now that everything is mended.</summary>
public static class Settling
{
    /// <summary>Retries in a row whose time may be up, or that come while a dead run has its lease.</summary>
    private const int MaxRetries = 10;

    /// <summary>
    /// Runs the job until there is nothing left to do; finds fault with one that needs more than two runs now that all goes well, besides
    /// those whose time is up.
    /// </summary>
    public static void Settle(this SimulatedWorld world, SimulatedJob job)
    {
        RunEnd? end = null;
        for (int runs = 0, others = 0; runs < 30 && others < 2; runs++)
        {
            end = world.Run(job);
            if (end.Report?.Outcome == RunOutcome.NothingNew || (end.IsClean && end.Report!.NoticeCount == 0))
            {
                return;
            }

            if (end.IsClean)
            {
                world.Run(job); // what was said of single rows is over, and the state record must not tell it any more
                return;
            }

            others += end.Report?.Outcome == RunOutcome.Continued ? 0 : 1;
            world.Pause();
        }

        world.AddFinding(
            $"{job.ApiName}: two runs after everything was mended it is still not through: {end?.Report?.Outcome} {end?.Report?.Error} "
                + $"{end?.Failure?.Message}; {world.State(job)["lastRunOutcome"]}, {world.State(job)["lastRunError"]}"
        );
    }

    /// <summary>The same, and once more when what waits for a person must have been tried again.</summary>
    public static void SettleForGood(this SimulatedWorld world, SimulatedJob job)
    {
        world.Settle(job);
        if (world.KeepsRejectsInMarketo && world.HasMissingPerson)
        {
            world.Time.Advance(TimeSpan.FromHours(1));
            world.Settle(job);
        }

        if (world.HasRetries)
        {
            job.Mend(RowKind.Misspelt, RowKind.Garbled);
            world.Pause();
            var end = world.Retry(job);
            for (var more = 0; more < MaxRetries && !end.IsClean; more++)
            {
                world.Time.Advance(SimulatedWorld.UsualLimit); // the lease of a dead run ends
                end = world.Retry(job);
            }

            if (!end.IsClean)
            {
                world.AddFinding(
                    $"{job.ApiName}: a retry fails although all goes well: {end.Report?.Outcome} {end.Report?.Error} {end.Failure}");
            }
        }
    }
}
