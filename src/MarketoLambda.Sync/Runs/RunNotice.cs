namespace MarketoLambda.Sync.Runs;

/// <summary>Something the source had to say in a run that a person should know.</summary>
/// <param name="Code">Short fixed name of the kind, for example <c>late-file</c>.</param>
/// <param name="Location">Where it was noticed.</param>
/// <param name="Message">One sentence without any field value.</param>
public sealed record RunNotice(string Code, string Location, string Message)
{
    public override string ToString() => $"{Location}: {Message}";
}
