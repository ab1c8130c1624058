namespace MarketoLambda.Marketo.Programs;

/// <summary>A program.</summary>
/// <param name="Name">As people see it.</param>
/// <param name="Statuses">The statuses of its channel, in their order; empty where they could not be read.</param>
public sealed record MarketoProgram(string Name, IReadOnlyList<string> Statuses);
