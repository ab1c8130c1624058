namespace MarketoLambda.Sync.Rejects;

/// <summary>What somebody asks to be done with rejects. Outlives the runs that do it, one after the other.</summary>
public sealed class RejectWork
{
    private RejectWork(bool isDismissal, IReadOnlySet<long>? numbers, string? container, bool takesHeld = false)
    {
        TakesHeld = takesHeld;
        IsDismissal = isDismissal;
        Numbers = numbers;
        Container = container;
    }

    /// <summary>They are let go of; else they are tried again.</summary>
    public bool IsDismissal { get; }

    /// <summary>Which; null for all.</summary>
    public IReadOnlySet<long>? Numbers { get; }

    /// <summary>Only those from this file or table; null for any.</summary>
    public string? Container { get; }

    /// <summary>Also those that are held, because what may be a newer version was sent: somebody has looked them up.</summary>
    public bool TakesHeld { get; }

    /// <summary>Up to this number all was done by earlier runs of it.</summary>
    internal long DoneUntil { get; set; }

    /// <summary>All that can be tried again by themselves.</summary>
    public static RejectWork RetryAll() => new(isDismissal: false, numbers: null, container: null);

    /// <summary>These, also where they are held: somebody has looked them up.</summary>
    public static RejectWork Retry(IEnumerable<long> numbers) =>
        new(isDismissal: false, numbers.ToHashSet(), container: null, takesHeld: true);

    /// <summary>Of these, all that can be tried again by themselves: nobody has looked them up.</summary>
    public static RejectWork RetryAll(IEnumerable<long> numbers) => new(isDismissal: false, numbers.ToHashSet(), container: null);

    /// <summary>Nothing is to come of them.</summary>
    /// <param name="numbers">Which; null for all.</param>
    /// <param name="container">Only those from this file or table; null for any.</param>
    public static RejectWork Dismiss(IEnumerable<long>? numbers, string? container) =>
        new(isDismissal: true, numbers?.ToHashSet(), container);

    internal bool Concerns(OpenReject reject) =>
        reject.Number > DoneUntil
        && (Numbers is null || Numbers.Contains(reject.Number))
        && (Container is null || reject.Place.Location.Container == Container)
        && (IsDismissal || (reject.CanBeRetried && (TakesHeld || !reject.IsHeld)));

    public override string ToString() => IsDismissal ? "rejects dismissed" : "rejects tried again";
}
