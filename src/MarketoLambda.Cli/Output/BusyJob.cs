namespace MarketoLambda.Cli.Output;

/// <summary>What is said where a run at work keeps a command from changing a job's state record.</summary>
internal static class BusyJob
{
    public static void Warn(string job, DateTimeOffset? until) =>
        Terminal.Warning(
            $"{job}: another run is at work{(until is { } end ? $", at most until {ShownTime.Here.Full(end)}" : "")}. Nothing was changed; "
                + "come again then, or stop it first.");
}
