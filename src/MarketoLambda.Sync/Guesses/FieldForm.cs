using MarketoLambda.Sync.Sources;

namespace MarketoLambda.Sync.Guesses;

/// <summary>How the values of one column become values of one field.</summary>
/// <param name="Settings">What the job file has to say for it beside the column; none where nothing has to be said.</param>
/// <param name="Fitting">Rows whose value fits.</param>
/// <param name="Filled">Rows with a value.</param>
internal sealed record FieldForm(IReadOnlyList<GuessedSetting> Settings, long Fitting, long Filled)
{
    /// <summary>Where the first value stands that does not fit.</summary>
    public SourceLocation? FirstMisfit { get; init; }

    /// <summary>Each value as it would be sent; null where it does not fit.</summary>
    public IReadOnlyList<string?> Sent { get; init; } = [];

    /// <summary>Every value fits.</summary>
    public bool FitsAll => Fitting == Filled;

    /// <summary>Nearly every value fits: what does not is rather a mistake of its row.</summary>
    public bool FitsMost => Fitting * 10 >= Filled * 9;

    /// <summary>The same values written so that a person can choose: <c>day first</c>; null where there is nothing to choose.</summary>
    public string? Meaning { get; init; }

    /// <summary>Other ways that take as many values, and make something else of them.</summary>
    public IReadOnlyList<FieldForm> Others { get; init; } = [];

    public static FieldForm From(FormTrial trial, long filled, params IReadOnlyList<GuessedSetting> settings) =>
        new(settings, trial.Fitting, filled) { FirstMisfit = trial.FirstMisfit, Sent = trial.Sent };
}
