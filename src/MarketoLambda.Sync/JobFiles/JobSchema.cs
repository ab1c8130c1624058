using System.Text.Json.Nodes;
using MarketoLambda.Sync.Settings;

namespace MarketoLambda.Sync.JobFiles;

/// <summary>
/// The JSON Schema (draft 2020-12) of the job file, composed of the settings that are read: for editors, and for programs that write job
/// files.
/// </summary>
/// <remarks>The program reads a little more than it says: comments, trailing commas, and words such as <c>omit</c> in any casing.</remarks>
public static class JobSchema
{
    /// <param name="sourceTypes">The sources a job may use.</param>
    public static JsonObject Create(IReadOnlyList<ISourceType> sourceTypes) =>
        new()
        {
            ["$schema"] = "https://json-schema.org/draft/2020-12/schema",
            ["$id"] = "urn:marketo-lambda:jobs",
            ["title"] = "Jobs of MarketoLambda",
            ["description"] = "Which source fills what in Marketo, field by field.",
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
                    ["description"] =
                        "The jobs, each named by the API name of the custom object it fills, for example implementedProductV1_c; with a "
                            + "target of its own a job may have any name of letters, digits, _, - and .",
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
        JsonObject definitions = new()
        {
            ["job"] = Job(),
            ["field"] = Field(),
            ["source"] = OneOf("Kind of the source.", sourceTypes.Select(type => type.Name)),
            ["target"] = OneOf("What kind of records it is.", TargetTypes.All.Select(type => type.Name)),
        };
        foreach (var type in sourceTypes)
        {
            Setting name = new("type", type.Description, new JsonObject { ["const"] = type.Name });
            definitions[type.Name] = Setting.SchemaOf([name.Required(), .. type.Settings, .. JobSettings.Source]);
        }

        foreach (var type in TargetTypes.All)
        {
            Setting name = new("type", type.Description, new JsonObject { ["const"] = type.Name });
            definitions[type.Name] = Setting.SchemaOf([name.Required(), .. type.Settings]);
        }

        return definitions;
    }

    private static JsonObject Job() =>
        Setting.SchemaOf([
            new Setting("source", "Where records come from.", Reference("source")).Required(),
            new Setting(
                JobSettings.TargetName,
                "What is filled. Default: the custom object that is named like the job.",
                Reference("target")),
            Setting.Texts("key", "The dedupe fields of what is filled.", "serialNumber").Required(),
            new Setting(
                "fields",
                "What goes where: each field of the object with the column that fills it, or with an object that says how.",
                new JsonObject
                {
                    ["type"] = "object",
                    ["minProperties"] = 1,
                    ["additionalProperties"] = Reference("field"),
                    ["examples"] = new JsonArray(new JsonObject { ["serialNumber"] = "Serial Number" }),
                }
            ).Required(),
            JobSettings.After,
            JobSettings.AfterUnfinished,
            Setting.Section("rejects", "What happens when records are rejected.", JobSettings.Rejects),
            .. ScheduleSettings.All,
        ]);

    private static JsonObject Field()
    {
        var details = Setting.SchemaOf(JobSettings.Field);
        details["oneOf"] = new JsonArray([
            .. JobSettings.Origins.Select(origin => new JsonObject { ["required"] = Setting.ArrayOf([origin.Name]) }),
        ]);
        details["dependentSchemas"] = new JsonObject
        {
            [JobSettings.Value.Name] = Without(JobSettings.Field.Except(JobSettings.Origins)),
            [JobSettings.Default.Name] = Without([JobSettings.Empty]),
        };
        return new JsonObject { ["anyOf"] = new JsonArray(Setting.TextValue(["Serial Number"]), details) };
    }

    /// <summary>A section whose <c>type</c> decides about its other settings.</summary>
    private static JsonObject OneOf(string description, IEnumerable<string> types)
    {
        List<string> names = [.. types];
        return new JsonObject
        {
            ["type"] = "object",
            ["properties"] = new JsonObject
            {
                ["type"] = new JsonObject { ["description"] = description, ["enum"] = Setting.ArrayOf(names) },
            },
            ["required"] = new JsonArray("type"),
            ["allOf"] = new JsonArray([.. names.Select(name => new JsonObject
            {
                ["if"] = new JsonObject { ["properties"] = new JsonObject { ["type"] = new JsonObject { ["const"] = name } } },
                ["then"] = Reference(name),
            })]),
        };
    }

    private static JsonObject Without(IEnumerable<Setting> settings) =>
        new() { ["properties"] = new JsonObject(settings.Select(setting => KeyValuePair.Create(setting.Name, (JsonNode?)false))) };

    private static JsonObject Reference(string definition) => new() { ["$ref"] = $"#/$defs/{definition}" };
}
