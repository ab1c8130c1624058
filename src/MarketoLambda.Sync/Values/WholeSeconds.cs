namespace MarketoLambda.Sync.Values;

/// <summary>Times without what is below a second: Marketo keeps no more of them.</summary>
public static class WholeSeconds
{
    /// <summary>The second that the time lies in.</summary>
    public static DateTimeOffset Floor(DateTimeOffset time) => time.AddTicks(-(time.Ticks % TimeSpan.TicksPerSecond));
}
