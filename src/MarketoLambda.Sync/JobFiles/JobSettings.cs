using System.Text.Json.Nodes;
using MarketoLambda.Sync.Settings;

namespace MarketoLambda.Sync.JobFiles;

/// <summary>The settings of a job that do not depend on its source.</summary>
internal static class JobSettings
{
    /// <summary>The section that says what a job fills.</summary>
    public const string TargetName = "target";

    /// <summary>Leaves a value of a map as it is.</summary>
    public const string KeepName = "keep";

    public static Setting StopAbovePercent { get; } =
        Setting.WholeNumber(
            "stopAbovePercent",
            "A run stops when more than this share of its first 10,000 records, and at least 20, are rejected: then rather the source or "
                + "the object has changed. Percent; 100 never stops.",
            0,
            100,
            5);

    public static Setting RetryHours { get; } =
        Setting.WholeNumber(
            "retryHours",
            "How long a reject is tried again that may pass by itself, because the person or record it names does not exist in Marketo "
                + "yet. Hours; 0 never.",
            0,
            720,
            24);

    public static IReadOnlyList<Setting> Rejects { get; } = [StopAbovePercent, RetryHours];

    public static Setting NullValues { get; } = Setting.Texts(
        "nullValues",
        "Values that stand for nothing, as they are written: they are empty before everything else, "
        + "so that \"empty\", \"default\" and the key's own rule hold for them.",
        "\\N",
        "NULL");

    public static Setting ExcelText { get; } =
        Setting.Choice(
            "excelText",
            "What becomes of texts that are written for Excel, as =\"0013\" or with an apostrophe before a number: "
                + "\"unwrap\" sends what they mean (0013), \"keep\" sends them as they stand; without it they are sent so and told. "
                + "With \"keep\" a key may also be an error of Excel, such as #N/A, or a number of which Excel has left a part, such as "
                + "4.00638E+12.",
            null,
            "unwrap",
            "keep");

    /// <summary>What every source may have, whatever its type.</summary>
    public static IReadOnlyList<Setting> Source { get; } = [NullValues, ExcelText];

    public static Setting From { get; } = Setting.Text("from", "The source's column.", null, "Serial Number");

    public static Setting Template { get; } =
        Setting.Text(
            "template",
            "A text made of several columns, each in braces; a brace that is meant as such is doubled. Empty where all columns are.",
            null,
            "{First Name} {Last Name}");

    public static Setting Value { get; } = new("value", "The same for every record.", LiteralValue("Web"));

    public static Setting Trim { get; } =
        new(
            "trim",
            "Outer blanks are left out, and a value of nothing but blanks is empty. Default: false with \"from\", true with \"template\".",
            new JsonObject { ["type"] = "boolean" }
        );

    public static Setting Map { get; } = new(
        "map",
        "What is sent in place of certain values, looked up as written, then in any casing; "
        + "\"*\" is every other value, and without it they are rejected (not-in-map). "
        + "{ \"keep\": true } leaves the value as it is. Empty values are not looked up.",
        new JsonObject
        {
            ["type"] = "object",
            ["minProperties"] = 1,
            ["propertyNames"] = Setting.TextValue([]),
            ["additionalProperties"] = new JsonObject
            {
                ["anyOf"] = new JsonArray(
                    new JsonObject { ["type"] = new JsonArray("string", "number", "boolean") },
                    new JsonObject
                    {
                        ["type"] = "object",
                        ["properties"] = new JsonObject { [KeepName] = new JsonObject { ["const"] = true } },
                        ["required"] = new JsonArray(KeepName),
                        ["additionalProperties"] = false,
                    }),
            },
            ["examples"] = new JsonArray(
                new JsonObject { ["Y"] = "yes", ["N"] = "no", ["*"] = "other" },
                new JsonObject { ["n/a"] = "", ["*"] = new JsonObject { [KeepName] = true } }),
        });

    public static Setting Default { get; } = new("default", "What is sent for empty values.", LiteralValue("unknown"));

    public static Setting Format { get; } = Setting.Texts(
        "format",
        "How dates and times are written: in .NET's letters, as excel (serial numbers), unix (seconds) or unixMilliseconds; "
        + "or a list of these, tried in order. For fields of type date and datetime only. "
        + "Default: ISO 8601, and where a culture is set its own order, with day, month and a year of four digits.",
        "dd.MM.yyyy",
        "excel");

    public static Setting Culture { get; } =
        Setting.Text(
            "culture",
            "How numbers and dates of this field are written; for fields that hold such only. Default: the source's.",
            null,
            "de-DE");

    public static Setting Empty { get; } =
        Setting.Choice(
            "empty",
            "What an empty value does: \"omit\" leaves the field in Marketo alone, \"clear\" empties it.",
            "omit",
            "omit",
            "clear");

    public static IReadOnlyList<Setting> Field { get; } = [From, Template, Value, NullValues, Trim, Map, Default, Format, Culture, Empty];

    /// <summary>Where a value may come from: a field has exactly one of these.</summary>
    public static IReadOnlyList<Setting> Origins { get; } = [From, Template, Value];

    private static JsonObject LiteralValue(string example) => new()
    {
        ["type"] = new JsonArray("string", "number", "boolean"),
        ["pattern"] = @"\S",
        ["examples"] = new JsonArray(example, 1, true),
    };
}
