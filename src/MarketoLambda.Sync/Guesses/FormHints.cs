using MarketoLambda.Sync.Sources;

namespace MarketoLambda.Sync.Guesses;

/// <summary>What the rest of a source tells of how its values are written.</summary>
/// <param name="Conventions">Of the whole source.</param>
internal sealed record FormHints(SourceConventions Conventions)
{
    /// <summary>Day before month, as in other columns of the source; null where none tells.</summary>
    public bool? IsDayFirst { get; init; }
}
