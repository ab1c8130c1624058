using System.Text.Json.Nodes;

namespace MarketoLambda.Sync.Jobs;

/// <summary>The JSON Schema (draft 2020-12) of the job file, composed of the settings that are read: for editors, and for programs that write job files.</summary>
/// <remarks>The program reads a little more than it says: comments, trailing commas, and words such as <c>omit</c> in any casing.</remarks>
public static class JobSchema
{
    /// <param name="sourceTypes">The sources a job may use.</param>
    public static JsonObject Of(IReadOnlyList<ISourceType> sourceTypes) => new()
    {
        ["$schema"] = "https://json-schema.org/draft/2020-12/schema",
        ["$id"] = "urn:marketo-lambda:jobs",
        ["title"] = "Jobs of MarketoLambda",
        ["description"] = "Which source fills which custom object in Marketo, field by field.",
        ["type"] = "object",
        ["properties"] = new JsonObject
        {
            ["$schema"] = new JsonObject { ["description"] = "Where an editor finds this schema.", ["type"] = "string" },
            ["example"] = new JsonObject
            {
                ["description"] = "Marks a file that only shows what a job file looks like; the program refuses it.",
                ["type"] = "boolean",
                ["default"] = false,
            },
            ["jobs"] = new JsonObject
            {
                ["description"] = "The jobs, each named by the API name of the custom object it fills, for example implementedProductV1_c.",
                ["type"] = "object",
                ["minProperties"] = 1,
                ["additionalProperties"] = Reference("job"),
            },
        },
        ["required"] = new JsonArray("jobs"),
        ["additionalProperties"] = false,
        ["$defs"] = Definitions(sourceTypes),
    };

    private static JsonObject Definitions(IReadOnlyList<ISourceType> sourceTypes)
    {
        JsonObject definitions = new() { ["job"] = Job(), ["field"] = Field(), ["source"] = Source(sourceTypes) };
        foreach (var type in sourceTypes)
        {
            Setting name = new("type", type.Description, new JsonObject { ["const"] = type.Name });
            definitions[type.Name] = Setting.SchemaOf([name.Required(), .. type.Settings, .. JobSettings.Source]);
        }

        return definitions;
    }

    private static JsonObject Job() => Setting.SchemaOf(
    [
        new Setting("source", "Where records come from.", Reference("source")).Required(),
        Setting.Texts("key", "The object's dedupe fields.", "serialNumber").Required(),
        new Setting("fields", "What goes where: each field of the object with the column that fills it, or with an object that says how.", new JsonObject
        {
            ["type"] = "object",
            ["minProperties"] = 1,
            ["additionalProperties"] = Reference("field"),
            ["examples"] = new JsonArray(new JsonObject { ["serialNumber"] = "Serial Number" }),
        }).Required(),
        Setting.Section("rejects", "What happens when records are rejected.", JobSettings.Rejects),
    ]);

    private static JsonObject Field()
    {
        var details = Setting.SchemaOf(JobSettings.Field);
        details["oneOf"] = new JsonArray([.. JobSettings.Origins.Select(origin => new JsonObject { ["required"] = Setting.ArrayOf([origin.Name]) })]);
        details["dependentSchemas"] = new JsonObject
        {
            [JobSettings.Value.Name] = Without(JobSettings.Field.Except(JobSettings.Origins)),
            [JobSettings.Default.Name] = Without([JobSettings.Empty]),
        };
        return new JsonObject { ["anyOf"] = new JsonArray(Setting.TextValue(["Serial Number"]), details) };
    }

    private static JsonObject Source(IReadOnlyList<ISourceType> sourceTypes) => new()
    {
        ["type"] = "object",
        ["properties"] = new JsonObject { ["type"] = new JsonObject { ["description"] = "Kind of the source.", ["enum"] = Setting.ArrayOf(sourceTypes.Select(type => type.Name)) } },
        ["required"] = new JsonArray("type"),
        ["allOf"] = new JsonArray([.. sourceTypes.Select(type => new JsonObject
        {
            ["if"] = new JsonObject { ["properties"] = new JsonObject { ["type"] = new JsonObject { ["const"] = type.Name } } },
            ["then"] = Reference(type.Name),
        })]),
    };

    private static JsonObject Without(IEnumerable<Setting> settings) =>
        new() { ["properties"] = new JsonObject(settings.Select(setting => KeyValuePair.Create(setting.Name, (JsonNode?)false))) };

    private static JsonObject Reference(string definition) => new() { ["$ref"] = $"#/$defs/{definition}" };
}
