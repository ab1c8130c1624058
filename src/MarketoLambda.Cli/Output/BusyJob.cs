namespace MarketoLambda.Cli.Output;

/// <summary>What is said where a run at work keeps a command from changing a job's state record.</summary>
internal static class BusyJob
{
    public static void Warn(string job, DateTimeOffset? until) =>
        Terminal.Warning(
            $"{job}: another run is at work, at most until {until:u}. Nothing was changed; come again then, or stop it first.");
}
