using System.Text.Json.Nodes;

namespace MarketoLambda.Sync.Settings;

/// <summary>
/// One setting of the job file: its name, what it means, and which values it takes. The schema is made of these, and so is what is read.
/// </summary>
/// <param name="Name">As it stands in the file.</param>
/// <param name="Description">What it means, in one sentence: editors show it.</param>
/// <param name="Value">Schema of its value, without the description.</param>
public sealed record Setting(string Name, string Description, JsonObject Value)
{
    private const string NotBlank = @"\S";

    /// <summary>A section without it is a mistake.</summary>
    public bool IsRequired { get; private init; }

    /// <summary>Another setting without which it has no meaning; null where it stands for itself.</summary>
    public string? Needs { get; private init; }

    /// <summary>Another setting: a section has either that or this one; null where it may have neither.</summary>
    public string? Alternative { get; private init; }

    /// <summary>A choice and those of its words with which this setting has a meaning; null where it has one with each.</summary>
    private (string Choice, IReadOnlyList<string> Words)? With { get; init; }

    /// <summary>The words of a choice.</summary>
    internal IReadOnlyList<string> Words => [.. Keyword("enum").AsArray().Select(word => word?.GetValue<string>() ?? "")];

    /// <summary>A keyword of its schema, such as <c>default</c> or <c>minimum</c>.</summary>
    /// <exception cref="InvalidOperationException">It has no such keyword: it was made otherwise.</exception>
    internal JsonNode Keyword(string keyword) =>
        Value[keyword] ?? throw new InvalidOperationException($"The setting {Name} has no {keyword}.");

    /// <summary>Text that is not blank.</summary>
    /// <param name="name">As it stands in the file.</param>
    /// <param name="description">What it means.</param>
    /// <param name="otherwise">What holds where it is absent; null for nothing.</param>
    /// <param name="examples">Values that are valid; at least one, unless <paramref name="otherwise"/> is given.</param>
    public static Setting Text(string name, string description, string? otherwise = null, params string[] examples) =>
        new(name, description, WithDefault(TextValue(examples), otherwise));

    /// <summary>Text that may be blank, such as a tab, but not empty.</summary>
    /// <inheritdoc cref="Text"/>
    public static Setting TextOrBlank(string name, string description, string? otherwise = null, params string[] examples) =>
        new(name, description, WithDefault(WithExamples(new JsonObject { ["type"] = "string", ["minLength"] = 1 }, examples), otherwise));

    /// <summary>A whole number from <paramref name="least"/> to <paramref name="most"/>.</summary>
    public static Setting WholeNumber(string name, string description, int least, int most, int otherwise) =>
        new(name, description, new JsonObject { ["type"] = "integer", ["minimum"] = least, ["maximum"] = most, ["default"] = otherwise });

    /// <summary>One of a few words.</summary>
    public static Setting Choice(string name, string description, string? otherwise, params string[] values) =>
        new(name, description, WithDefault(new JsonObject { ["enum"] = ArrayOf(values) }, otherwise));

    /// <summary>True or false.</summary>
    public static Setting Flag(string name, string description, bool otherwise) =>
        new(name, description, new JsonObject { ["type"] = "boolean", ["default"] = otherwise });

    /// <summary>True, or absent: something that is not done unless somebody says so.</summary>
    public static Setting Consent(string name, string description) => new(name, description, new JsonObject { ["const"] = true });

    /// <summary>One text or a list of them.</summary>
    public static Setting Texts(string name, string description, params string[] examples) =>
        new(
            name,
            description,
            WithExamples(
                new JsonObject
                {
                    ["anyOf"] = new JsonArray(
                        TextValue([]),
                        new JsonObject
                        {
                            ["type"] = "array",
                            ["items"] = TextValue([]),
                            ["minItems"] = 1,
                        }
                    ),
                },
                examples));

    /// <summary>The same, with these texts where it is absent.</summary>
    public Setting Otherwise(IReadOnlyList<string> texts)
    {
        var value = Value.DeepClone().AsObject();
        value["default"] = ArrayOf(texts);
        return this with { Value = value };
    }

    /// <summary>An object in braces with settings of its own.</summary>
    public static Setting Section(string name, string description, params IReadOnlyList<Setting> settings) =>
        new(name, description, SchemaOf(settings));

    /// <summary>The same, but a section must have it.</summary>
    public Setting Required() => this with { IsRequired = true };

    /// <summary>The same, but a mistake where the setting <paramref name="other"/> is absent.</summary>
    public Setting Needing(string other) => this with { Needs = other };

    /// <summary>The same, but a section must have either it or the setting <paramref name="other"/>, and not both.</summary>
    public Setting Or(string other) => this with { Alternative = other };

    /// <summary>The same, but a mistake where <paramref name="choice"/> is another of its words than these.</summary>
    public Setting OnlyWith(string choice, params IReadOnlyList<string> words) => this with { With = (choice, words) };

    /// <summary>Schema of an object with these settings and no others.</summary>
    internal static JsonObject SchemaOf(IReadOnlyList<Setting> settings)
    {
        JsonObject properties = [];
        foreach (var setting in settings)
        {
            var property = setting.Value.DeepClone().AsObject();
            property.Insert(0, "description", setting.Description);
            properties[setting.Name] = property;
        }

        JsonObject schema = new() { ["type"] = "object", ["properties"] = properties, ["additionalProperties"] = false };
        if (settings.Any(setting => setting.IsRequired))
        {
            schema["required"] = ArrayOf(settings.Where(setting => setting.IsRequired).Select(setting => setting.Name));
        }

        if (settings.FirstOrDefault(setting => setting.Alternative is not null) is { Alternative: { } other } one)
        {
            schema["oneOf"] = new JsonArray(Having(one.Name), Having(other));
        }

        Add(schema, "dependentRequired", settings, setting => setting.Needs is { } other ? ArrayOf([other]) : null);
        Add(schema, "dependentSchemas", settings, setting => setting.With is var (choice, words) ? WithOneOf(choice, words) : null);
        return schema;
    }

    private static void Add(JsonObject schema, string keyword, IReadOnlyList<Setting> settings, Func<Setting, JsonNode?> condition)
    {
        JsonObject conditions = [];
        foreach (var setting in settings)
        {
            if (condition(setting) is { } needed)
            {
                conditions[setting.Name] = needed;
            }
        }

        if (conditions.Count > 0)
        {
            schema[keyword] = conditions;
        }
    }

    private static JsonObject Having(string name) => new() { ["required"] = ArrayOf([name]) };

    private static JsonObject WithOneOf(string choice, IReadOnlyList<string> words) =>
        new() { ["properties"] = new JsonObject { [choice] = new JsonObject { ["enum"] = ArrayOf(words) } } };

    internal static JsonArray ArrayOf(IEnumerable<string> texts) => [.. texts.Select(text => (JsonNode?)text)];

    internal static JsonObject TextValue(IReadOnlyList<string> examples) =>
        WithExamples(new JsonObject { ["type"] = "string", ["pattern"] = NotBlank }, examples);

    private static JsonObject WithExamples(JsonObject value, IReadOnlyList<string> examples)
    {
        if (examples.Count > 0)
        {
            value["examples"] = ArrayOf(examples);
        }

        return value;
    }

    private static JsonObject WithDefault(JsonObject value, string? otherwise)
    {
        if (otherwise is not null)
        {
            value["default"] = otherwise;
        }

        return value;
    }
}
