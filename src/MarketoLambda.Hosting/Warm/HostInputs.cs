namespace MarketoLambda.Hosting.Warm;

/// <summary>What a host is wired with and somebody may exchange while it is warm.</summary>
/// <param name="Secrets">Settings that are kept apart from the deployment.</param>
/// <param name="Jobs">Text of the job file.</param>
public sealed record HostInputs(IReadOnlyDictionary<string, string?> Secrets, string Jobs);
