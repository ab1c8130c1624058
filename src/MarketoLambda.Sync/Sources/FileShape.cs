namespace MarketoLambda.Sync.Sources;

/// <summary>What a file of rows has to look like for a source to read it.</summary>
/// <param name="Delimiter">Between cells.</param>
/// <param name="CursorColumn">Column that must be there, and may be empty; null for none.</param>
public sealed record FileShape(char Delimiter, string? CursorColumn);
