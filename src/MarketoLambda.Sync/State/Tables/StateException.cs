namespace MarketoLambda.Sync.State.Tables;

/// <summary>The state object or a job's record in it cannot be used. The message says what to do.</summary>
public sealed class StateException(string message) : Exception(message);
