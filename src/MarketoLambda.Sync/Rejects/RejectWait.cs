namespace MarketoLambda.Sync.Rejects;

/// <summary>How long a reject that may pass by itself waits for that.</summary>
internal static class RejectWait
{
    /// <summary>It is to be tried again: once in any case, and then until it is too old.</summary>
    /// <param name="mayPass">Marketo refused it because a person or record that it names does not exist.</param>
    /// <param name="attempts">How often it was refused.</param>
    /// <param name="firstSeenAt">When it was refused first.</param>
    /// <param name="now">The time.</param>
    /// <param name="retryFor">How long the job tries again; zero where it never does.</param>
    public static bool IsOn(bool mayPass, long attempts, DateTimeOffset firstSeenAt, DateTimeOffset now, TimeSpan retryFor) =>
        mayPass && retryFor > TimeSpan.Zero && (attempts == 1 || now < firstSeenAt + retryFor);
}
