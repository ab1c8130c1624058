namespace MarketoLambda.Sync.Checks;

/// <summary>What a look at a job found, before it is run.</summary>
/// <param name="Job">Its name.</param>
/// <param name="Source">What is read.</param>
/// <param name="Mistakes">Why runs would fail, or import nothing; sentences without any field value.</param>
/// <param name="Notes">What a person should know; sentences without any field value.</param>
/// <param name="Fields">What goes where.</param>
/// <param name="SampledFrom">Where the record of the samples stands; null where the source has none, or samples are not wanted.</param>
public sealed record JobFindings(
    string Job,
    string Source,
    IReadOnlyList<string> Mistakes,
    IReadOnlyList<string> Notes,
    IReadOnlyList<FieldPreview> Fields,
    string? SampledFrom)
{
    /// <summary>What is filled.</summary>
    public required string Target { get; init; }

    /// <summary>Jobs that run before it where all jobs run.</summary>
    public IReadOnlyList<string> After { get; init; } = [];

    /// <summary>Records of the source were seen: without any, nothing can be said of its values.</summary>
    public bool IsSourceSeen { get; init; }

    /// <summary>What the whole source would become; null where it was not read to its end.</summary>
    public AllRows? AllRows { get; init; }
}

/// <summary>One field of a job, with a value as it would be sent.</summary>
/// <param name="From">Column, template or constant.</param>
/// <param name="Field">The field in Marketo.</param>
/// <param name="Type">Its type there; null where that is not known.</param>
/// <param name="Sample">A value of a record: <em>personal data</em>, for the terminal of the person who asked; null where there is
/// none.</param>
public sealed record FieldPreview(string From, string Field, string? Type, string? Sample);
