using System.Text.Json.Nodes;
using Json.Schema;
using MarketoLambda.Sync.JobFiles;
using MarketoLambda.Sync.Settings;
using Microsoft.Extensions.Configuration;

namespace MarketoLambda.Sources.Tests;

/// <summary>The schema says what the program reads, no more and no less; judged by a validator that is not ours.</summary>
public sealed class JobSchemaTests
{
    private const string Unknown = "zzzzzzzzzzzzzzzzzzzzzzzz";

    private static readonly IReadOnlyList<ISourceType> Types = SourceTypes.All(new ConfigurationBuilder().Build(), TimeProvider.System);
    private static readonly JsonObject Schema = JobSchema.Create(Types);
    private static readonly JsonSchema Validator = JsonSchema.FromText(Schema.ToJsonString());

    /// <summary>Every section that has settings, with the path to its schema and a job file that holds it.</summary>
    public static TheoryData<string> Sections =>
        [.. Types.Select(type => type.Name), .. TargetTypes.All.Select(type => type.Name), "field", "job", "rejects", "file"];

    [Theory]
    [MemberData(nameof(Sections))]
    public void Every_setting_that_is_read_is_in_the_schema_and_every_setting_of_the_schema_is_read(string section)
    {
        // Given
        var properties = PropertiesOf(section);

        // When: each setting is there once, so that what is asked for only then is seen too
        var known = properties
            .SelectMany(property => KnownIn(section, WithRequired(section, property.Key, Example(property.Value!))))
            .ToHashSet();

        // Then
        Assert.NotEmpty(properties);
        Assert.Equal(properties.Select(property => property.Key).Order(StringComparer.Ordinal), known.Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Sections))]
    public void Examples_and_defaults_of_the_schema_are_valid_for_the_reader_and_the_validator(string section) =>
        Assert.All(
            PropertiesOf(section)
                .Where(property => property.Key is not ("connection" or "type"))
                .SelectMany(property => Values(property.Value!), (property, value) => (property.Key, value)),
            example =>
            {
                var file = File(section, WithRequired(section, example.Key, example.value));
                Assert.True(IsValid(file), $"{example.Key}: the validator refuses {example.value.ToJsonString()}");
                Assert.Empty(ProblemsOf(file, $"{PathOf(section)}{example.Key}"));
            }
        );

    [Theory]
    [MemberData(nameof(Sections))]
    public void What_the_schema_refuses_is_refused_by_the_reader(string section)
    {
        var wrong = PropertiesOf(section)
            .Where(property => property.Key is not ("$schema" or "jobs" or "source" or "target"))
            .SelectMany(property => WrongValues(property.Value!), (property, value) => (property.Key, Value: value))
            .Select(setting => (setting.Key, setting.Value, File: File(section, WithRequired(section, setting.Key, setting.Value))))
            .ToList();

        Assert.True(wrong.Count > 0 || section == "file");
        Assert.Equal([], wrong.Where(one => IsValid(one.File)).Select(one => $"{one.Key}: {one.Value?.ToJsonString()}"));
        Assert.Equal(
            [],
            wrong.Where(one => ProblemsOf(one.File, PathOf(section)).Count == 0).Select(one => $"{one.Key}: {one.Value?.ToJsonString()}"));
    }

    [Theory]
    [InlineData("""{ "from": "A", "value": "x" }""")]
    [InlineData("""{ "from": "A", "template": "{B}" }""")]
    [InlineData("""{ "trim": true }""")]
    [InlineData("""{ "value": "x", "trim": true }""")]
    [InlineData("""{ "value": "x", "default": 1 }""")]
    [InlineData("""{ "from": "A", "default": "x", "empty": "clear" }""")]
    [InlineData("""{ "form": "A" }""")]
    [InlineData("7")]
    [InlineData("\" \"")]
    public void Settings_of_a_field_that_exclude_each_other_are_refused_by_both(string field)
    {
        var file = File("field", JsonNode.Parse(field)!);

        Assert.False(IsValid(file));
        Assert.NotEmpty(ProblemsOf(file, "jobs."));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{ "jobs": {} }""")]
    [InlineData("""{ "jobs": { "car_c": {} } }""")]
    [InlineData("""{ "jobs": { "car_c": { "source": { "type": "csvv" }, "key": "a", "fields": { "a": "A" } } } }""")]
    [InlineData("""{ "jobs": { "car_c": { "source": {}, "key": "a", "fields": { "a": "A" } } } }""")]
    [InlineData("""{ "jobs": { "car_c": { "source": { "type": "csv" }, "key": "a", "fields": { "a": "A" } } } }""")]
    [InlineData(
        """{ "jobs": { "car_c": { "source": { "type": "csv", "folder": "drop", "cursorFormat": "dd.MM.yyyy" }, "key": "a", "fields": { "a": "A" } } } }"""
    )]
    [InlineData("""{ "jobs": { "car_c": { "source": { "type": "csv", "folder": "drop" }, "key": [], "fields": { "a": "A" } } } }""")]
    [InlineData("""{ "jobs": { "car_c": { "source": { "type": "csv", "folder": "drop" }, "key": "a", "fields": {} } } }""")]
    [InlineData(
        """{ "jobs": { "car_c": { "source": { "type": "s3", "bucket": "acme", "format": "excel", "delimiter": ";" }, "key": "a", "fields": { "a": "A" } } } }"""
    )]
    [InlineData(
        """{ "jobs": { "car_c": { "source": { "type": "s3", "bucket": "acme", "sheet": "One" }, "key": "a", "fields": { "a": "A" } } } }"""
    )]
    [InlineData(
        """{ "jobs": { "car_c": { "source": { "type": "csv", "folder": "drop" }, "target": { "type": "customObjects" }, "key": "a", "fields": { "a": "A" } } } }"""
    )]
    [InlineData(
        """{ "jobs": { "car_c": { "source": { "type": "csv", "folder": "drop" }, "target": {}, "key": "a", "fields": { "a": "A" } } } }"""
    )]
    [InlineData("""{ "job": {} }""")]
    public void A_mistaken_file_is_refused_by_both(string json)
    {
        Assert.False(IsValid(JsonNode.Parse(json)!));
        Assert.NotEmpty(ProblemsOf(JsonNode.Parse(json)!, ""));
    }

    [Fact]
    public void The_schema_itself_is_one_of_draft_2020_12() =>
        Assert.True(MetaSchemas.Draft202012.Evaluate(JsonDocumentOf(Schema).RootElement).IsValid);

    [Fact]
    public void Every_setting_is_explained()
    {
        var settings = Types.SelectMany(type => type.Settings).ToList();

        Assert.NotEmpty(settings);
        Assert.All(settings, setting => Assert.EndsWith(".", setting.Description, StringComparison.Ordinal));
    }

    private static bool IsTarget(string section) => TargetTypes.All.Any(type => type.Name == section);

    private static JsonObject PropertiesOf(string section)
    {
        var definitions = Schema["$defs"]!;
        return (section switch
        {
            "field" => definitions["field"]!["anyOf"]![1]!,
            "rejects" => definitions["job"]!["properties"]!["rejects"]!,
            "file" => Schema,
            _ => definitions[section]!,
        })["properties"]!.AsObject();
    }

    private static string PathOf(string section) => section switch
    {
        "file" => "",
        "job" => "jobs.car_c.",
        "field" => "jobs.car_c.fields.field.",
        "rejects" => "jobs.car_c.rejects.",
        _ when IsTarget(section) => "jobs.car_c.target.",
        _ => "jobs.car_c.source.",
    };

    /// <summary>A section of that kind with what is required, the setting, and what that one needs.</summary>
    private static JsonObject WithRequired(string section, string name, JsonNode? value)
    {
        JsonObject made = [];
        var schema = section is "file" or "field" or "rejects" or "job" ? null : Schema["$defs"]![section];
        foreach (var required in schema?["required"]?.AsArray().Select(item => item!.GetValue<string>()) ?? [])
        {
            made[required] = Example(PropertiesOf(section)[required]!);
        }

        foreach (var needed in schema?["dependentRequired"]?[name]?.AsArray().Select(item => item!.GetValue<string>()) ?? [])
        {
            made[needed] = Example(PropertiesOf(section)[needed]!);
        }

        foreach (var (choice, words) in schema?["dependentSchemas"]?[name]?["properties"]?.AsObject() ?? [])
        {
            made[choice] = words!["enum"]![0]!.DeepClone();
        }

        List<string> alternatives =
            [.. schema?["oneOf"]?.AsArray().Select(one => one!["required"]![0]!.GetValue<string>()) ?? []];
        if (alternatives is [var first, ..] && !alternatives.Contains(name))
        {
            made[first] = Example(PropertiesOf(section)[first]!);
        }

        if (section == "job")
        {
            made = GoodJob();
            foreach (var needed in Schema["$defs"]!["job"]!["dependentRequired"]![name]?.AsArray() ?? [])
            {
                made[needed!.GetValue<string>()] = Example(PropertiesOf("job")[needed!.GetValue<string>()]!);
            }
        }

        if (section == "file")
        {
            made["jobs"] = new JsonObject { ["car_c"] = GoodJob() };
        }

        if (section == "field" && name is not ("from" or "template" or "value"))
        {
            made["from"] = "A";
        }

        if (!(section == "file" && name == "jobs") && !(section == "job" && name == "source"))
        {
            made[name] = value?.DeepClone();
        }

        return made;
    }

    private static JsonNode File(string section, JsonNode made)
    {
        var job = GoodJob();
        switch (section)
        {
            case "file":
                return made;
            case "job":
                job = made.AsObject();
                break;
            case "field":
                job["fields"]!["field"] = made.DeepClone();
                break;
            case "rejects":
                job["rejects"] = made.DeepClone();
                break;
            case var target when IsTarget(target):
                job["target"] = made.DeepClone();
                break;
            default:
                job["source"] = made.DeepClone();
                break;
        }

        // The other job has the name that the schema gives as an example of one to come after
        return new JsonObject { ["jobs"] = new JsonObject { ["car_c"] = job, ["companies"] = GoodJob() } };
    }

    private static JsonObject GoodJob() =>
        JsonNode
            .Parse("""{ "source": { "type": "csv", "folder": "drop" }, "key": "serialNumber", "fields": { "serialNumber": "VIN" } }""")!
            .AsObject();

    private static JsonNode Example(JsonNode property) =>
        Values(property).FirstOrDefault() ?? (property["type"] is { } type && type.ToString() == "boolean" ? true : new JsonObject());

    /// <summary>Values that the schema itself calls valid.</summary>
    private static IEnumerable<JsonNode> Values(JsonNode property)
    {
        IEnumerable<JsonNode?> values =
        [
            property["const"],
            .. property["enum"]?.AsArray() ?? [],
            .. property["examples"]?.AsArray() ?? [],
            property["default"],
            property["minimum"],
            property["maximum"],
        ];
        return values.OfType<JsonNode>().Select(value => value.DeepClone());
    }

    private static IEnumerable<JsonNode?> WrongValues(JsonNode property)
    {
        JsonNode?[] candidates =
        [
            null,
            "",
            " ",
            Unknown,
            7,
            7.5,
            true,
            new JsonArray(),
            new JsonObject(),
            new JsonArray(7),
            property["minimum"]?.GetValue<int>() - 1,
            property["maximum"]?.GetValue<int>() + 1,
        ];
        JsonObject alone = new()
        {
            ["$defs"] = Schema["$defs"]!.DeepClone(),
            ["properties"] = new JsonObject { ["it"] = property.DeepClone() },
        };
        var schema = JsonSchema.FromText(alone.ToJsonString());
        return candidates.Where(candidate =>
            !schema.Evaluate(JsonDocumentOf(new JsonObject { ["it"] = candidate?.DeepClone() }).RootElement).IsValid);
    }

    /// <summary>The names the reader asked a section for: it tells them when it finds one it does not know.</summary>
    private static string[] KnownIn(string section, JsonObject made)
    {
        made[Unknown] = 1;
        const string before = "known here: ";
        var message = Assert.Single(
            ProblemsOf(File(section, made), ""),
            problem => problem.Contains($"no setting \"{Unknown}\"", StringComparison.Ordinal));
        return message[(message.IndexOf(before, StringComparison.Ordinal) + before.Length)..].Split(", ");
    }

    private static List<string> ProblemsOf(JsonNode file, string path)
    {
        try
        {
            JobFile.Parse(file.ToJsonString(), "jobs.json", Types);
            return [];
        }
        catch (JobFileException mistakes)
        {
            return
            [
                .. mistakes
                    .Problems.Select(problem => problem.Message)
                    .Where(message =>
                        message.StartsWith(path, StringComparison.Ordinal)
                        || message.StartsWith(path.TrimEnd('.'), StringComparison.Ordinal)),
            ];
        }
    }

    private static bool IsValid(JsonNode file) => Validator.Evaluate(JsonDocumentOf(file).RootElement).IsValid;

    private static System.Text.Json.JsonDocument JsonDocumentOf(JsonNode node) => System.Text.Json.JsonDocument.Parse(node.ToJsonString());
}
