using MarketoLambda.Sync.Targets.Unchanged;

namespace MarketoLambda.Sync.Previews;

/// <summary>What a run would do to one record: <em>personal data</em>, for the terminal of the person who asked.</summary>
/// <param name="Key">The values of its dedupe fields.</param>
/// <param name="IsNew">It would be created.</param>
/// <param name="Fields">The fields whose value would be another one.</param>
public sealed record RecordChange(string Key, bool IsNew, IReadOnlyList<FieldChange> Fields);
