using System.Text;
using MarketoLambda.Marketo.Records;
using MarketoLambda.Sync.Jobs;
using MarketoLambda.Sync.Mapping;
using MarketoLambda.Sync.Sources;
using MarketoLambda.Testing;

namespace MarketoLambda.Sync.Tests.Mapping;

public sealed class RecordMapperTests
{
    [Theory]
    [InlineData(@"a\0b")]
    [InlineData(@"cut \uD83D")]
    [InlineData(@"\uDE00 cut")]
    [InlineData(@"\uD83D\uD83D\uDE00")]
    [InlineData(@"\uDE00\uD83D")]
    public void What_is_no_text_costs_its_record_and_is_not_tried_again_as_it_is(string escaped)
    {
        // Given: an attribute cannot hold half a character
        var text = System.Text.RegularExpressions.Regex.Unescape(escaped);
        using var mapper = Mapper(["sku"], ["sku"], Field("sku"), Field("name"));

        // When
        var reject = Rejected(mapper.Map(Row("a", text)));
        var ofKey = Rejected(mapper.Map(Row(text, "b")));

        // Then
        Assert.Equal(("invalid-text", "a", null), (reject.Code, reject.Key, reject.Payload));
        Assert.Equal(("invalid-text", null, null), (ofKey.Code, ofKey.Key, ofKey.Payload));
        Assert.DoesNotContain(text, reject.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_no_text_beside_the_key_of_a_deletion_does_not_keep_it_back()
    {
        // Given
        using var mapper = Mapper(["sku"], ["sku"], Field("sku"), Field("name"));

        // Then
        Assert.True(Mapped(mapper.Map(Row("a", "\uD83D") with { IsDeletion = true })).IsDeletion);
        Assert.NotNull(Mapped(mapper.Map(Row("a", "😀 whole 😀"))));
    }

    [Fact]
    public void A_record_keeps_its_row_with_values_of_every_type_for_the_case_that_Marketo_refuses_it()
    {
        // Given
        using var mapper = Mapper(["sku"], ["sku"], Field("sku"), Field("name"));
        object?[] values =
        [
            "ü \"1\"\n", "a", -7L, (byte)7, 5.00m, 1.5, 1e300,
            0.1f, double.NaN, float.PositiveInfinity, true, null, new DateOnly(2026, 11, 23),
        ];
        object[] others = [new DateTime(2026, 11, 23, 18, 5, 9), new DateTimeOffset(2026, 11, 23, 18, 5, 9, TimeSpan.FromHours(2))];
        string[] columns = [.. Enumerable.Range(0, values.Length + others.Length).Select(column => $"c{column}")];

        // When
        var payload = RejectPayload.From(columns, [.. values, .. others]).ToJson();
        var record = Mapped(mapper.Map(Row("k", double.NaN)));
        var ofRecord = RejectPayload.From(record.Json, record.Row).ToJson();

        // Then
        var row = Assert.IsType<StoredPayload.Row>(RejectPayload.Read(payload, columns)).Values;
        Assert.Equal(["ü \"1\"\n", "a", -7L, 7L, 5.00m, 1.5m, 1e300, 0.1m, "NaN", "Infinity", true, null, .. values[12..], .. others], row);
        Assert.Equal("""{"record":{"sku":"k","name":"NaN"},"row":{"C0":"k","C1":"NaN"}}""", ofRecord);
    }

    [Fact]
    public void A_dedupe_field_is_found_whatever_casing_describe_gives_it()
    {
        // Given
        using var mapper = Mapper(["SKU"], ["sku"], Field("Sku"), Field("amount", "integer"));

        // When
        var record = Mapped(mapper.Map(Row("a", "1")));

        // Then
        Assert.Equal("a", record.Key.Text);
        Assert.Equal("""{"Sku":"a","amount":1}""", Text(record));
    }

    [Fact]
    public void Compound_keys_that_only_look_alike_when_joined_stay_two_keys()
    {
        // Given
        using var mapper = Mapper(["shop", "item"], ["item", "shop"], Field("shop"), Field("item"));

        // When
        var one = Mapped(mapper.Map(Row("a|b", "c"))).Key;
        var other = Mapped(mapper.Map(Row("a", "b|c"))).Key;

        // Then
        Assert.NotEqual(one.Text, other.Text);
        Assert.NotEqual(one.Folded, other.Folded);
    }

    [Fact]
    public void Compound_keys_that_differ_by_casing_or_blanks_may_collide_but_are_not_the_same()
    {
        // Given
        using var mapper = Mapper(["shop", "item"], ["shop", "item"], Field("shop"), Field("item"));

        // When
        var one = Mapped(mapper.Map(Row("Vienna", "milk"))).Key;
        var other = Mapped(mapper.Map(Row("vienna ", "MILK"))).Key;

        // Then
        Assert.Equal(one.Folded, other.Folded);
        Assert.NotEqual(one.Text, other.Text);
    }

    [Fact]
    public void A_compound_key_follows_the_order_of_the_object_and_not_of_the_job()
    {
        // Given
        using var mapper = Mapper(["item", "shop"], ["shop", "item"], Field("shop"), Field("item"));

        // Then
        Assert.Equal("milk|Vienna", Mapped(mapper.Map(Row("Vienna", "milk"))).Key.Text);
    }

    [Fact]
    public void A_part_of_a_compound_key_that_is_empty_makes_a_reject()
    {
        // Given
        using var mapper = Mapper(["shop", "item"], ["shop", "item"], Field("shop"), Field("item"));

        // When
        var reject = Rejected(mapper.Map(Row("Vienna", "")));

        // Then
        Assert.Equal(("missing-key", null), (reject.Code, reject.Key));
    }

    [Fact]
    public void A_field_without_length_or_of_an_unknown_type_takes_text_as_it_is()
    {
        // Given
        RecordField geo = new("geo", "Geo", "geoPoint", Length: null, IsUpdateable: true);
        using var mapper = Mapper(["sku"], ["sku"], Field("sku"), geo);

        // When
        var record = Mapped(mapper.Map(Row("a", "48.2, 16.4 \"centre\"\n")));

        // Then
        Assert.Equal("""{"sku":"a","geo":"48.2, 16.4 \"centre\"\n"}""", Text(record));
    }

    [Fact]
    public void After_a_reject_the_next_record_is_written_from_its_beginning()
    {
        // Given
        using var mapper = Mapper(["sku"], ["sku"], Field("sku"), Field("amount", "integer"));
        mapper.Map(Row("a", "many"));

        // Then
        Assert.Equal("""{"sku":"b","amount":2}""", Text(Mapped(mapper.Map(Row("b", "2")))));
    }

    [Fact]
    public void A_reject_of_our_own_names_column_and_field_and_quotes_no_value()
    {
        // Given
        using var mapper = Mapper(["sku"], ["sku"], Field("sku"), Field("amount", "integer"));

        // When
        var reject = Rejected(mapper.Map(Row("a", "jane.doe@example.com")));

        // Then
        Assert.Equal("amount needs a whole number (column \"C1\").", reject.Reason);
    }

    [Theory]
    [InlineData("Y", "yes")]
    [InlineData("y", "small")]
    [InlineData("n", "no")]
    [InlineData("perhaps", "other")]
    [InlineData("*", "other")]
    public void A_value_is_looked_up_as_written_then_in_any_casing_then_as_every_other(string value, string sent)
    {
        // Given
        using var mapper = Mapper(new FieldMapping("field", "C1") { Map = Map(("Y", "yes"), ("y", "small"), ("N", "no"), ("*", "other")) });

        // Then
        Assert.Equal($$"""{"sku":"a","field":"{{sent}}"}""", Text(Mapped(mapper.Map(Row("a", value)))));
    }

    [Fact]
    public void A_value_that_is_not_in_the_map_is_rejected_without_being_quoted()
    {
        // Given
        using var mapper = Mapper(new FieldMapping("field", "C1") { Map = Map(("Y", "yes")) });

        // When
        var reject = Rejected(mapper.Map(Row("a", "jane.doe@example.com")));

        // Then
        Assert.Equal(
            (
                "not-in-map",
                "a",
                "field has a value that is not in its \"map\"; add it there, or \"*\" for every other value (column \"C1\")."),
            (reject.Code, reject.Key, reject.Reason));
    }

    [Theory]
    [InlineData(" Y ", "yes")]
    [InlineData("X", "unknown")]
    [InlineData("   ", "unknown")]
    [InlineData("", "unknown")]
    [InlineData(null, "unknown")]
    public void Steps_come_in_the_order_trim_map_default(string? value, string sent)
    {
        // Given
        using var mapper = Mapper(
            new FieldMapping("field", "C1")
            {
                Trims = true,
                Map = Map(("Y", "yes"), ("X", "")),
                Default = "unknown",
            }
        );

        // Then
        Assert.Equal($$"""{"sku":"a","field":"{{sent}}"}""", Text(Mapped(mapper.Map(Row("a", value)))));
    }

    [Theory]
    [InlineData("float", "x", "1.5")]
    [InlineData("float", "1.234,50", "1234.50")]
    [InlineData("date", "01.02.2026", "\"2026-02-01\"")]
    [InlineData("float", "", "0.5")]
    public void Numbers_of_the_job_file_are_meant_as_they_stand_and_texts_as_the_field_is_written(string type, string value, string sent)
    {
        // Given
        using var mapper = Mapper(
            new FieldMapping("field", "C1")
            {
                Culture = System.Globalization.CultureInfo.GetCultureInfo("de-DE"),
                Map = type == "float" ? Map(("x", 1.5m), ("1.234,50", "1.234,50")) : null,
                Default = type == "float" ? 0.5m : null,
            },
            type);

        // Then
        Assert.Equal($$"""{"sku":"a","field":{{sent}}}""", Text(Mapped(mapper.Map(Row("a", value)))));
    }

    [Theory]
    [InlineData(EmptyValue.Omit, """{"sku":"a"}""", true)]
    [InlineData(EmptyValue.Clear, """{"sku":"a","field":null}""", false)]
    public void What_a_map_makes_empty_is_left_out_or_cleared_as_any_empty_value(EmptyValue empty, string json, bool isPartial)
    {
        // Given
        using var mapper = Mapper(new FieldMapping("field", "C1", Empty: empty) { Map = Map(("N/A", ""), ("*", "x")) });

        // When
        var record = Mapped(mapper.Map(Row("a", "n/a")));

        // Then
        Assert.Equal((json, isPartial), (Text(record), record.IsPartial));
    }

    [Fact]
    public void Templates_and_constants_are_sent_like_columns()
    {
        // Given
        FieldMapping[] fields =
        [
            new("sku", new ComposedText(FieldTemplate.Parse("{C0}-{C1}"))) { Trims = true },
            new("origin", new FixedValue("Web")),
            new("amount", new FixedValue(3m)),
            new("isNew", new FixedValue(true)),
            new("field", "C1"),
        ];
        using RecordMapper mapper = new(
            new SyncJob("object_c", new ListSource(), ["sku"], fields),
            new RecordTypeDescription(
                "object_c",
                "Object",
                ["sku"],
                [Field("sku"), Field("origin"), Field("amount", "integer"), Field("isNew", "boolean"), Field("field")]));

        // When
        var record = Mapped(mapper.Map(Row("a", "b")));

        // Then
        Assert.Equal(("a-b", """{"sku":"a-b","origin":"Web","amount":3,"isNew":true,"field":"b"}"""), (record.Key.Text, Text(record)));
    }

    [Fact]
    public void A_reject_of_a_template_names_its_columns()
    {
        // Given
        using var mapper = Mapper(new FieldMapping("field", new ComposedText(FieldTemplate.Parse("{C1}{C0}"))), "integer");

        // Then
        Assert.EndsWith("(columns \"C1\", \"C0\").", Rejected(mapper.Map(Row("a", "b"))).Reason, StringComparison.Ordinal);
    }

    private static MappedRecord Mapped(MappingResult result) => Assert.IsType<MappingResult.Mapped>(result).Record;

    private static RejectedRecord Rejected(MappingResult result) => Assert.IsType<MappingResult.Rejected>(result).Record;

    private static ValueMap Map(params (string From, object To)[] entries) =>
        new([.. entries.Select(entry => KeyValuePair.Create(entry.From, entry.To))]);

    /// <summary>A key that stands as it is in column C0, and a field.</summary>
    private static RecordMapper Mapper(FieldMapping mapping, string type = "string") => new(
        new SyncJob("object_c", new ListSource(), ["sku"], [new FieldMapping("sku", "C0"), mapping]),
        new RecordTypeDescription("object_c", "Object", ["sku"], [Field("sku"), Field("field", type)]));

    private static RecordMapper Mapper(string[] dedupeFields, string[] key, params RecordField[] fields) => new(
        new SyncJob("object_c", new ListSource(), key, [.. fields.Select((field, index) => new FieldMapping(field.Name, $"C{index}"))]),
        new RecordTypeDescription("object_c", "Object", dedupeFields, fields));

    private static RecordField Field(string name, string dataType = "string") =>
        new(name, name, dataType, dataType == "string" ? 255 : null, IsUpdateable: true);

    private static SourceRecord Row(params object?[] values) => new(new SourceLocation("file", 1), values);

    private static string Text(MappedRecord record) => Encoding.UTF8.GetString(record.Json.Json.Span);
}
