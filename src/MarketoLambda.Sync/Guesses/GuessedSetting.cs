using System.Text.Json.Nodes;

namespace MarketoLambda.Sync.Guesses;

/// <summary>A setting of the job file, as it was guessed.</summary>
/// <param name="Name">As it stands in the file.</param>
/// <param name="Value">Its value there.</param>
public sealed record GuessedSetting(string Name, JsonNode Value)
{
    /// <summary>Why it is so, for whoever reads the file; without a full stop; null where the setting speaks for itself.</summary>
    public string? Note { get; init; }

    /// <summary>Somebody has to look at it.</summary>
    public bool IsUnsure { get; init; }
}

/// <summary>A source, as it was guessed.</summary>
/// <param name="Settings">Of its section in the job file; the first is <c>type</c>.</param>
/// <param name="Columns">The columns it has, in its order.</param>
public sealed record GuessedSource(IReadOnlyList<GuessedSetting> Settings, IReadOnlyList<string> Columns)
{
    /// <summary>Name of the file that was looked at; null where the source has no files.</summary>
    public string? File { get; init; }

    /// <summary>Rows are looked at in <see cref="File"/> alone: others would have to be fetched.</summary>
    public bool IsDistant { get; init; }

    /// <summary>The source that is read to look at rows.</summary>
    public GuessedSource Sampled => File is { } file && IsDistant
        ? this with { Settings = [.. Settings.Select(setting => setting.Name == "pattern" ? setting with { Value = file } : setting)] }
        : this;

    /// <summary>The source may say how numbers and dates are written in it.</summary>
    public bool HasCulture { get; init; } = true;

    /// <summary>The source may say in which zone times without an offset are.</summary>
    public bool HasTimeZone { get; init; } = true;

    /// <summary>The value of a setting that is a text; null where it is not set.</summary>
    public string? Find(string name) =>
        Settings.FirstOrDefault(setting => setting.Name == name)?.Value is JsonValue value && value.TryGetValue(out string? text)
            ? text
            : null;

    /// <summary>The section as the job file has it.</summary>
    public JsonObject Section => new(Settings.Select(setting => KeyValuePair.Create(setting.Name, (JsonNode?)setting.Value.DeepClone())));
}
