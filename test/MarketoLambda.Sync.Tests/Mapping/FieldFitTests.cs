using System.Globalization;
using MarketoLambda.Marketo.Records;
using MarketoLambda.Sync.Jobs;
using MarketoLambda.Sync.Mapping;
using MarketoLambda.Sync.Sources;

namespace MarketoLambda.Sync.Tests.Mapping;

/// <summary>What stands in the job file and would be refused with every row is told before the first.</summary>
public sealed class FieldFitTests
{
    private static readonly SourceConventions German = new(
        CultureInfo.GetCultureInfo("de-DE"),
        TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin"));

    [Theory]
    [InlineData("integer", "many", "\"value\" of the field \"at\" does not fit: the field needs a whole number")]
    [InlineData(
        "float",
        "1,5",
        "\"value\" of the field \"at\" does not fit: the field needs a number; without a \"culture\", such as en-US or de-DE, nobody can "
            + "tell a decimal sign from one between thousands"
    )]
    [InlineData(
        "string",
        "long text",
        "\"value\" of the field \"at\" does not fit: the field holds 5 characters at most and the value has 9"
    )]
    [InlineData("date", "23.11.2026", "\"value\" of the field \"at\" does not fit: the field needs a date like 2026-11-23")]
    public void A_constant_that_the_field_does_not_take(string type, string value, string mistake) =>
        Assert.Equal([mistake], Mistakes(type, new FieldMapping("at", new FixedValue(value))));

    [Theory]
    [InlineData("integer")]
    [InlineData("float")]
    [InlineData("string")]
    [InlineData("boolean")]
    public void A_number_that_the_field_takes(string type) =>
        Assert.Empty(Mistakes(type, new FieldMapping("at", new FixedValue(type == "boolean" ? true : 5m))));

    [Fact]
    public void A_constant_is_iso_8601_whatever_the_culture_of_the_source() =>
        Assert.Empty(Mistakes("datetime", new FieldMapping("at", new FixedValue("2026-11-23"))));

    [Fact]
    public void A_default_and_entries_of_a_map_that_the_field_does_not_take()
    {
        var map = new ValueMap([new("Y", "yes"), new("M", "perhaps"), new("N/A", ""), new("0", false)]);

        Assert.Equal(
            [
                "\"default\" of the field \"at\" does not fit: the field needs true or false (yes, no, 1 and 0 are understood too); for "
                    + "other words use \"map\", such as { \"Ja\": true, \"Nein\": false }",
                "what \"map\" makes of \"M\" of the field \"at\" does not fit: the field needs true or false (yes, no, 1 and 0 are "
                    + "understood too); for other words use \"map\", such as { \"Ja\": true, \"Nein\": false }",
            ],
            Mistakes("boolean", new FieldMapping("at", "At") { Default = "none", Map = map }));
    }

    [Fact]
    public void A_default_is_written_as_the_column_is() =>
        Assert.Empty(Mistakes("date", new FieldMapping("at", "At", "dd/MM/yy") { Default = "01/01/26" }));

    [Theory]
    [InlineData("string")]
    [InlineData("boolean")]
    public void A_culture_of_what_no_culture_writes_differently(string type) => Assert.Equal(
        [$"the field \"at\" is of type {type}, and \"culture\" is for numbers, dates and times only; remove it"],
        Mistakes(type, new FieldMapping("at", "At") { Culture = German.Culture }));

    private static IEnumerable<string> Mistakes(string type, FieldMapping mapping) =>
        FieldFit.Mistakes(mapping, new RecordField("at", "At", type, 5, IsUpdateable: true), German);
}
