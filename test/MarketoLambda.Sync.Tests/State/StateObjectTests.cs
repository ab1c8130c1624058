using System.Text;
using System.Text.Json;
using MarketoLambda.Marketo.Records;
using MarketoLambda.Sync.Sources;
using MarketoLambda.Sync.State;
using MarketoLambda.Sync.State.Tables;

namespace MarketoLambda.Sync.Tests.State;

/// <summary>The state object as subscriptions really have it.</summary>
public sealed class StateObjectTests
{
    [Theory]
    [InlineData("aPIName", "highWaterMarkDT")]
    [InlineData("apiName", "HighWaterMarkDT")]
    [InlineData("apiname", "highwatermarkdt")]
    [InlineData("APINAME", "HIGHWATERMARKDT")]
    public void Fields_are_found_in_any_casing_and_written_in_that_casing(string apiName, string mark)
    {
        // Given
        var described = Described(apiName, [apiName, mark]);
        var state = Bound(described);

        // When
        var read = state.Read(Record($$"""{ "{{apiName}}": "car_c", "{{mark}}": "2023-12-24T12:34:56Z" }"""));

        // Then
        Assert.Equal("car_c", read.ApiName);
        Assert.Equal(new DateTimeOffset(2023, 12, 24, 12, 34, 56, TimeSpan.Zero), read.Checkpoint.Mark);
        Assert.Null(read.LastRun);
        Assert.Equal($$"""{"{{mark}}":"2023-12-24T12:34:56Z"}""", Written(state, read));
        Assert.Equal(apiName, new BoundTable(StateFields.Definition, described).KeyName);
    }

    [Fact]
    public void A_dedupe_field_that_describe_names_only_as_such_is_enough() =>
        Assert.Equal("APIName", new BoundTable(StateFields.Definition, Described("APIName", ["highWaterMarkDT"])).KeyName);

    [Fact]
    public void Numbers_may_come_as_text_or_with_a_decimal_point_and_text_may_come_as_a_number()
    {
        // Given: types chosen by hand, and Marketo's habit of quoting numbers
        var state = Bound(Described("aPIName", [.. StateFields.All.Select(field => field.Name)]));

        // When
        var read = state.Read(
            Record(
                """{ "aPIName": "car_c", "totalRecordsInEpoch": "1200", "lastRunNumber": 7.0, "lastRunRecords": "", "lastIngestedFileName": 20231224 }"""
            ));

        // Then
        Assert.Equal(
            (1200L, 7L, 0L, "20231224"),
            (read.TotalRecordsInEpoch, read.LastRun!.Number, read.LastRun.Records, read.Checkpoint.LastFileName));
    }

    [Theory]
    [InlineData("\"2023-12-24T12:34:56Z\"")]
    [InlineData("\"2023-12-24T12:34:56.999Z\"")]
    [InlineData("\"2023-12-24T13:34:56+01:00\"")]
    [InlineData("\"2023-12-24T12:34:56+0000\"")]
    [InlineData("\"2023-12-24 12:34:56\"")]
    public void A_mark_written_by_hand_is_understood_and_written_back_rounded_down(string mark)
    {
        // Given
        var state = Bound(Described("aPIName", ["aPIName", "highWaterMarkDT"]));

        // Then
        Assert.Equal(
            """{"highWaterMarkDT":"2023-12-24T12:34:56Z"}""",
            Written(state, state.Read(Record($$"""{ "highWaterMarkDT": {{mark}} }"""))));
    }

    [Theory]
    [InlineData("highWaterMarkDT", "\"Christmas\"")]
    [InlineData("highWaterMarkDT", "20231224")]
    [InlineData("totalRecordsInEpoch", "\"many\"")]
    [InlineData("totalRecordsInEpoch", "1.5")]
    public void A_value_that_makes_no_sense_is_told_with_its_field_instead_of_being_ignored(string field, string value)
    {
        // Given
        var state = Bound(Described("aPIName", [.. StateFields.All.Select(known => known.Name)]));

        // When
        var failure = Assert.Throws<StateException>(() => state.Read(Record($$"""{ "{{field}}": {{value}} }""")));

        // Then
        Assert.Contains(field, failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{ "highWaterMarkDT": null, "totalRecordsInEpoch": null, "lastRunNumber": null, "resumePosition": "" }""")]
    public void Nothing_means_a_start_from_the_beginning(string json)
    {
        // When
        var read = Bound(Described("aPIName", [.. StateFields.All.Select(field => field.Name)])).Read(Record(json));

        // Then
        Assert.Equal(Checkpoint.Start, read.Checkpoint);
        Assert.Null(read.LastRun);
        Assert.Equal(0, read.TotalRecordsInEpoch);
    }

    [Fact]
    public void What_is_null_is_cleared_and_fields_that_are_missing_are_left_alone()
    {
        // Given
        var state = Bound(Described("aPIName", ["aPIName", "resumePosition", "lastRunError", "totalRecordsInEpoch"]));

        // Then
        Assert.Equal(
            """{"resumePosition":null,"totalRecordsInEpoch":"3","lastRunError":null}""",
            Written(state, new StateRecord("guid", "car_c") { TotalRecordsInEpoch = 3 }));
        Assert.Equal(StateFields.All.Count - 4, state.Bound.Missing.Count);
    }

    [Theory]
    [InlineData(10)]
    [InlineData(1)]
    public void An_error_is_cut_to_what_the_field_holds(int length)
    {
        // Given
        var state = Bound(
            Described(
                "aPIName",
                ["aPIName", "resumePosition"],
                new RecordField("lastRunError", "Last Run Error", "text", length, IsUpdateable: true)));
        LastRun run = new()
        {
            Number = 1,
            Outcome = "Failed",
            StartedAt = default,
            Error = "A long story about a failure",
        };

        // When
        var written = JsonDocument
            .Parse(Written(state, new StateRecord("guid", "car_c") { LastRun = run }))
            .RootElement.GetProperty("lastRunError")
            .GetString()!;

        // Then
        Assert.InRange(written.Length, 0, length);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(9)]
    public void A_file_name_is_cut_to_what_the_field_holds_and_never_within_a_character(int length)
    {
        // Given: S3 names may have 1,024 bytes
        var state = Bound(
            Described(
                "aPIName",
                ["aPIName", "resumePosition"],
                new RecordField("lastIngestedFileName", "Last Ingested File Name", "string", length, IsUpdateable: true)));
        StateRecord record = new("guid", "car_c") { Checkpoint = Checkpoint.Start with { LastFileName = "😀😀😀😀😀😀.csv" } };

        // When
        var written = JsonDocument.Parse(Written(state, record)).RootElement.GetProperty("lastIngestedFileName").GetString()!;

        // Then
        Assert.InRange(written.Length, 1, length);
        Assert.Equal(string.Concat(Enumerable.Repeat("😀", (length - 1) / 2)) + "…", written);
    }

    [Fact]
    public void An_object_that_cannot_remember_a_position_is_refused()
    {
        var failure = Assert.Throws<StateException>(() => Bound(Described("aPIName", ["aPIName", "totalRecordsInEpoch"])));

        Assert.Contains("highWaterMarkDT", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("name")]
    [InlineData("aPIName", "name")]
    [InlineData]
    public void Another_key_than_the_api_name_is_refused(params string[] dedupeFields)
    {
        var description = new RecordTypeDescription(
            StateFields.ObjectApiName,
            "",
            dedupeFields,
            [.. StateFields.All.Select(field => Field(field.Name))]);

        Assert.Contains("must be aPIName", Assert.Throws<StateException>(() => Bound(description)).Message, StringComparison.Ordinal);
    }

    private static StateObject Bound(RecordTypeDescription description) => new(new BoundTable(StateFields.Definition, description));

    private static RecordTypeDescription Described(string dedupeField, string[] names, params RecordField[] more) =>
        new(StateFields.ObjectApiName, StateFields.ObjectDisplayName, [dedupeField], [.. names.Select(Field), .. more]);

    private static RecordField Field(string name) => new(name, name, "string", Length: null, IsUpdateable: true);

    private static MarketoRecord Record(string json) =>
        new(
            "guid",
            JsonDocument
                .Parse(json)
                .RootElement.EnumerateObject()
                .ToDictionary(property => property.Name, property => property.Value, StringComparer.OrdinalIgnoreCase));

    private static string Written(StateObject state, StateRecord record) =>
        Encoding
            .UTF8.GetString(state.Bound.Encode("id", "x", state.ValuesOf(record)).Json.Span)
            .Replace("\"id\":\"x\",", "", StringComparison.Ordinal);
}
