using MarketoLambda.Sync.JobFiles;
using MarketoLambda.Sync.Jobs;
using MarketoLambda.Sync.Settings;
using MarketoLambda.Sync.Sources;
using MarketoLambda.Testing;

namespace MarketoLambda.Sync.Tests.Jobs;

public sealed class JobFieldsTests
{
    [Fact]
    public void A_build_without_cultures_says_so_instead_of_naming_cultures_that_would_do() =>
        Assert.Contains("LambdaRuntime=dotnet10", CommonSettingReading.NoCulture(isInvariant: true), StringComparison.Ordinal);

    [Theory]
    [InlineData(
        """{ "from": "A", "template": "{B}" }""",
        """template has no place beside "from": a field has one of "from", "template" and "value"."""
    )]
    [InlineData(
        """{ "from": "A", "value": "x" }""",
        """value has no place beside "from": a field has one of "from", "template" and "value"."""
    )]
    [InlineData(
        """{ "template": "{B}", "value": "x" }""",
        """value has no place beside "template": a field has one of "from", "template" and "value"."""
    )]
    [InlineData("""{ "trim": true }""", """field lacks "from", "template" or "value".""")]
    [InlineData("""{ "tempalte": "{A}" }""", """field has no setting "tempalte" (did you mean "template"?).""")]
    [InlineData("""{ "value": "x", "trim": true }""", """trim has no meaning beside "value", which is sent as it stands; remove it.""")]
    [InlineData(
        """{ "value": "x", "empty": "clear" }""",
        """empty has no meaning beside "value", which is sent as it stands; remove it."""
    )]
    [InlineData("""{ "value": "" }""", "value must be a text in quotes that is not blank, a number, true or false.")]
    [InlineData("""{ "value": null }""", "value must be a text in quotes that is not blank, a number, true or false.")]
    [InlineData("""{ "value": 1e400 }""", "value must be a text in quotes that is not blank, a number, true or false.")]
    [InlineData("""{ "template": "{A" }""", "template has an opening brace that is not closed; write {{ for the sign itself.")]
    [InlineData(
        """{ "template": "A" }""",
        """template names no column in braces, as in "{First Name} {Last Name}"; for the same text in every record use "value"."""
    )]
    [InlineData("""{ "from": "A", "trim": "yes" }""", "trim must be true or false, without quotes.")]
    [InlineData("""{ "from": "A", "map": "Y" }""", "map must be an object in braces.")]
    [InlineData("""{ "from": "A", "map": {} }""", """map must have at least one entry, such as "Y": "yes".""")]
    [InlineData(
        """{ "from": "A", "map": { " ": "x" } }""",
        """map has an entry without a value of the source; what empty values become is said by "default"."""
    )]
    [InlineData(
        """{ "from": "A", "map": { "Y": null } }""",
        "map.Y must be a text in quotes, a number, true or false, or { \"keep\": true } to leave the value as it is."
    )]
    [InlineData("""{ "from": "A", "map": { "Y": "a", "Y": "b" } }""", "\"Y\" stands here a second time; keep one of the two.")]
    [InlineData("""{ "from": "A", "default": [] }""", "default must be a text in quotes that is not blank, a number, true or false.")]
    [InlineData(
        """{ "from": "A", "default": "x", "empty": "clear" }""",
        """empty has no meaning beside "default", with which no value is empty; remove one of them."""
    )]
    [InlineData(
        """{ "from": "A", "culture": "Klingon" }""",
        "culture is not the name of a culture; examples are en-US, de-DE and invariant."
    )]
    public void A_mistake_in_a_field_is_one_sentence_at_its_line(string field, string sentence)
    {
        var mistakes = Assert.Throws<JobFileException>(() => Parse(field));

        Assert.Equal(3, Assert.Single(mistakes.Problems).Line);
        Assert.EndsWith(sentence, mistakes.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{ "value": "x" }""", "same for every record")]
    [InlineData("""{ "from": "VIN", "default": "none" }""", "all records without a key would become one")]
    public void A_key_that_would_be_the_same_for_many_records_is_refused(string key, string reason)
    {
        var mistakes = Assert.Throws<JobFileException>(() => Parse("\"A\"", key));

        Assert.Contains(reason, Assert.Single(mistakes.Problems).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_part_of_a_compound_key_may_be_the_same_for_every_record()
    {
        var job = Parse("""{ "value": "EU" }""", keys: """["vin", "field"]""");

        Assert.Equal(["vin", "field"], job.KeyFields);
    }

    [Fact]
    public void Every_setting_of_a_field_is_read()
    {
        // When
        var field = Parse(
            """{ "from": "A", "trim": true, "map": { "Y": true, "N": 0, "*": "" }, "default": 1.50, "format": "dd.MM.yyyy", "culture": "de-DE" }"""
        ).Fields[1];

        // Then
        Assert.Equal(
            (From: "A", Trims: true, Format: "dd.MM.yyyy", Culture: "de-DE", Default: (object)1.50m),
            (
                From: field.From.ToString(),
                field.Trims,
                Format: field.Format?.ToString(),
                Culture: field.Culture!.Name,
                Default: field.Default!));
        Assert.Equal([new("Y", true), new("N", 0m), new("*", "")], field.Map!.Entries);
    }

    [Fact]
    public void A_field_may_have_several_formats() =>
        Assert.Equal(["dd.MM.yyyy", "excel"], Parse("""{ "from": "A", "format": ["dd.MM.yyyy", "excel"] }""").Fields[1].Format!.All);

    [Theory]
    [InlineData("""{ "from": "A" }""", false)]
    [InlineData("""{ "template": "{A}" }""", true)]
    [InlineData("""{ "template": "{A}", "trim": false }""", false)]
    public void Texts_are_trimmed_where_they_are_composed_and_sent_as_they_stand_elsewhere(string field, bool trims) =>
        Assert.Equal(trims, Parse(field).Fields[1].Trims);

    [Fact]
    public void A_source_is_asked_for_each_column_once()
    {
        var job = Parse("""{ "template": "{A} {VIN} {B} {A}" }""");

        Assert.Equal(["VIN", "A", "B"], job.Columns);
    }

    private static SyncJob Parse(string field, string key = "\"VIN\"", string keys = "\"vin\"") => Assert.Single(JobFile.Parse(
        $$"""
        { "jobs": { "car_c": { "source": { "type": "list" }, "key": {{keys}}, "fields": {
          "vin": {{key}},
          "field": {{field}} } } } }
        """,
        "jobs.json",
        [new ListSourceType()]));

    private sealed class ListSourceType : ISourceType
    {
        public string Name => "list";

        public string Description => "A list.";

        public IReadOnlyList<Setting> Settings => [];

        public ISource Read(JobSection section) => new ListSource();
    }
}
