namespace MarketoLambda.Sync.Previews;

/// <summary>What a run would do.</summary>
public sealed record RunPreview
{
    /// <summary>The job's name.</summary>
    public required string Job { get; init; }

    /// <summary>What is filled.</summary>
    public required string Target { get; init; }

    /// <summary>Records that do not exist and would.</summary>
    public required long Created { get; init; }

    /// <summary>Records that exist and would be written.</summary>
    public required long Updated { get; init; }

    /// <summary>Of the updated, those that Marketo has already as they are to be.</summary>
    public required long UpdatedAsTheyAre { get; init; }

    /// <summary>Records that would be gone.</summary>
    public required long Deleted { get; init; }

    /// <summary>Records that the run would leave alone.</summary>
    public required long Unchanged { get; init; }

    /// <summary>Records whose fate Marketo alone decides; of targets that cannot be predicted all that would be sent.</summary>
    public required long Unknown { get; init; }

    /// <summary>Records that would be rejected, as far as that can be known.</summary>
    public required long Rejected { get; init; }

    /// <summary>Versions that a later one would replace before they are sent.</summary>
    public required long Superseded { get; init; }

    /// <summary>The rejects by code and field, the most frequent first.</summary>
    public required IReadOnlyList<PredictedRejects> Rejects { get; init; }

    /// <summary>The first records that would be created, or become others: <em>personal data</em>.</summary>
    public required IReadOnlyList<RecordChange> Changes { get; init; }

    /// <summary>Calls that the records cost; the state of a run costs some ten more.</summary>
    public required int Calls { get; init; }

    /// <summary>At least so long would Marketo's limit on calls let them take.</summary>
    public required TimeSpan MinDuration { get; init; }

    /// <summary>What a person should know; sentences without a full stop and without any value.</summary>
    public required IReadOnlyList<string> Notes { get; init; }

    /// <summary>Why the run would stop before its end; null where it would not.</summary>
    public string? Stop { get; init; }
}

/// <summary>Records that would be rejected for the same reason.</summary>
/// <param name="Code">Marketo's code, or a short fixed name.</param>
/// <param name="Field">The field that is meant; null where the record as a whole is.</param>
/// <param name="Reason">Of the first of them.</param>
/// <param name="Count">How many.</param>
/// <param name="Example">Where the first stands.</param>
public sealed record PredictedRejects(string Code, string? Field, string Reason, long Count, string Example);
