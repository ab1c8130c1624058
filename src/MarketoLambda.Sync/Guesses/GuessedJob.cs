using System.Text.Json.Nodes;

namespace MarketoLambda.Sync.Guesses;

/// <summary>A job as it was guessed: what the job file has of it, and what a person should look at.</summary>
/// <param name="Name">The job's name.</param>
/// <param name="Source">Settings of its source; the first is <c>type</c>.</param>
/// <param name="Key">The dedupe fields.</param>
/// <param name="Fields">What goes where.</param>
public sealed record GuessedJob(
    string Name, IReadOnlyList<GuessedSetting> Source, GuessedSetting Key, IReadOnlyList<GuessedField> Fields)
{
    /// <summary>The section <c>target</c>; null where the name says what is filled.</summary>
    public JsonObject? Target { get; init; }

    /// <summary>Columns that go nowhere.</summary>
    public IReadOnlyList<string> LeftOut { get; init; } = [];

    /// <summary>Fields that nothing fills.</summary>
    public IReadOnlyList<string> Unfilled { get; init; } = [];

    /// <summary>What it fills is not there yet, or Marketo was not asked.</summary>
    public bool IsTargetNew { get; init; }

    /// <summary>No column is named like a field of what it fills.</summary>
    public bool MatchesNothing { get; init; }

    /// <summary>How many guesses somebody has to look at.</summary>
    public int UnsureCount => Source.Append(Key).Count(setting => setting.IsUnsure) + Fields.Count(filled => filled.IsUnsure);
}

/// <summary>One field of a guessed job.</summary>
/// <param name="Field">API name in Marketo.</param>
/// <param name="Column">The column that fills it.</param>
/// <param name="Settings">What else the job file says of it; none where nothing has to be said.</param>
public sealed record GuessedField(string Field, string Column, IReadOnlyList<GuessedSetting> Settings)
{
    /// <summary>What a person should know: sentences without a full stop.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>Somebody has to look at it.</summary>
    public bool IsUnsure { get; init; }

    /// <summary>What the job file has for it: the column alone where nothing else is said.</summary>
    public JsonNode Value =>
        Settings.Count == 0
            ? JsonValue.Create(Column)
            : new JsonObject(
                Settings.Prepend(new GuessedSetting("from", Column))
                    .Select(setting => KeyValuePair.Create(setting.Name, (JsonNode?)setting.Value.DeepClone())));
}
