namespace MarketoLambda.Sync.Logs;

/// <summary>Ids of log events that hosts and log filters go by.</summary>
public static class LogEvents
{
    /// <summary>The source noticed something that a person should know.</summary>
    public const int Notice = 2030;
}
