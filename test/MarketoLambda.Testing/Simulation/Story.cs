namespace MarketoLambda.Testing.Simulation;

/// <summary>
/// What happens to one job while anything may go wrong: rows come in, runs begin, killed ones are begun again; then all is mended and
/// judged.
/// </summary>
/// <param name="Build">A new world with one job.</param>
/// <param name="Chapters">One scheduled run each.</param>
public sealed record Story(Func<SimulatedWorld> Build, IReadOnlyList<Chapter> Chapters)
{
    /// <summary>Processes that die one after the other within a chapter, before the next chapter comes.</summary>
    private const int MaxDeaths = 3;

    /// <summary>The steps of the story when all goes well.</summary>
    /// <exception cref="InvalidOperationException">It does not go well.</exception>
    public IReadOnlyList<StepKind> Steps()
    {
        var world = Build();
        if (Tell(world) is { Count: > 0 } findings)
        {
            throw new InvalidOperationException($"Without any mishap: {string.Join("; ", findings)}");
        }

        return world.Mishaps.Steps;
    }

    /// <summary>Tells the story with these troubles; returns what speaks against the engine.</summary>
    public IReadOnlyList<string> Tell(params IReadOnlyList<Trouble> troubles)
    {
        var world = Build();
        foreach (var trouble in troubles)
        {
            world.Mishaps.At(trouble.Step, trouble.Mishap, trouble.Times);
            world.Mishaps.AlertsFail |= trouble.AlertsFail;
        }

        return Tell(world);
    }

    private IReadOnlyList<string> Tell(SimulatedWorld world)
    {
        var job = world.Jobs[0];
        try
        {
            foreach (var chapter in Chapters)
            {
                job.Add(chapter.NewRows);
                world.Time.Advance(chapter.After);
                if (chapter.BringsPerson)
                {
                    world.AddMissingPerson();
                }

                if (chapter.IsReset)
                {
                    world.Reset(job);
                    world.Pause();
                }

                for (var deaths = 0; deaths <= MaxDeaths && world.Run(job, chapter.Limits).WasKilled; deaths++)
                {
                    world.Pause();
                }

                world.Pause();
                if (chapter.Mends is { } kinds)
                {
                    job.Mend(kinds);
                    world.Retry(job);
                    world.Pause();
                }
            }

            world.Mishaps.Mend();
            world.SettleForGood(job);
            return world.Judge();
        }
#pragma warning disable CA1031 // whatever the engine lets through is a finding
        catch (Exception failure)
#pragma warning restore CA1031
        {
            return [$"{failure.GetType().Name}: {failure.Message} {failure.StackTrace}"];
        }
    }
}

/// <summary>New rows, and a run.</summary>
/// <param name="NewRows">Appended before the run.</param>
/// <param name="Limits">What ends it.</param>
/// <param name="IsReset">An admin sends the job back to its beginning first.</param>
/// <param name="After">Time that passes first.</param>
/// <param name="BringsPerson">The person whose records were refused is entered first.</param>
/// <param name="Mends">After the run somebody corrects the mapping for rows of these kinds, and asks for a retry.</param>
public sealed record Chapter(
    IReadOnlyList<ListSource.ListRow> NewRows,
    RunLimits Limits = default,
    bool IsReset = false,
    TimeSpan After = default,
    bool BringsPerson = false,
    IReadOnlyList<RowKind>? Mends = null);

/// <summary>A mishap at a step of a story.</summary>
/// <param name="Step">From 1.</param>
/// <param name="Mishap">What happens.</param>
/// <param name="Times">How often in a row, or <see cref="MishapPlan.UntilMended"/>.</param>
/// <param name="AlertsFail">No alert gets through either.</param>
public sealed record Trouble(int Step, Mishap Mishap, int Times = 1, bool AlertsFail = false)
{
    public override string ToString() =>
        $"step {Step}: {Mishap}, "
        + $"{(Times == MishapPlan.UntilMended ? "until mended" : Times == MishapPlan.EveryTry ? "at every try" : $"{Times} times")}{(AlertsFail ? ", alerts fail too" : "")}";
}
