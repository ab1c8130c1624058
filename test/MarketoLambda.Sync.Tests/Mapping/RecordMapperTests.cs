using System.Text;
using MarketoLambda.Marketo.CustomObjects;
using MarketoLambda.Sync.Jobs;
using MarketoLambda.Sync.Mapping;
using MarketoLambda.Sync.Reading;
using MarketoLambda.Testing;

namespace MarketoLambda.Sync.Tests.Mapping;

public sealed class RecordMapperTests
{
    [Fact]
    public void A_dedupe_field_is_found_whatever_casing_describe_gives_it()
    {
        // Given
        using var mapper = Mapper(["SKU"], ["sku"], Field("Sku"), Field("amount", "integer"));

        // When
        var (record, _) = mapper.Map(Row("a", "1"));

        // Then
        Assert.Equal("a", record!.Key.Text);
        Assert.Equal("""{"Sku":"a","amount":1}""", Text(record));
    }

    [Fact]
    public void Compound_keys_that_only_look_alike_when_joined_stay_two_keys()
    {
        // Given
        using var mapper = Mapper(["shop", "item"], ["item", "shop"], Field("shop"), Field("item"));

        // When
        var one = mapper.Map(Row("a|b", "c")).Record!.Key;
        var other = mapper.Map(Row("a", "b|c")).Record!.Key;

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
        var one = mapper.Map(Row("Vienna", "milk")).Record!.Key;
        var other = mapper.Map(Row("vienna ", "MILK")).Record!.Key;

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
        Assert.Equal("milk|Vienna", mapper.Map(Row("Vienna", "milk")).Record!.Key.Text);
    }

    [Fact]
    public void A_part_of_a_compound_key_that_is_empty_makes_a_reject()
    {
        // Given
        using var mapper = Mapper(["shop", "item"], ["shop", "item"], Field("shop"), Field("item"));

        // When
        var (record, reject) = mapper.Map(Row("Vienna", ""));

        // Then
        Assert.Null(record);
        Assert.Equal(("missing-key", null), (reject!.Code, reject.Key));
    }

    [Fact]
    public void A_field_without_length_or_of_an_unknown_type_takes_text_as_it_is()
    {
        // Given
        using var mapper = Mapper(["sku"], ["sku"], Field("sku"), new CustomObjectField("geo", "Geo", "geoPoint", null, IsUpdateable: true));

        // When
        var (record, _) = mapper.Map(Row("a", "48.2, 16.4 \"centre\"\n"));

        // Then
        Assert.Equal("""{"sku":"a","geo":"48.2, 16.4 \"centre\"\n"}""", Text(record!));
    }

    [Fact]
    public void After_a_reject_the_next_record_is_written_from_its_beginning()
    {
        // Given
        using var mapper = Mapper(["sku"], ["sku"], Field("sku"), Field("amount", "integer"));
        mapper.Map(Row("a", "many"));

        // Then
        Assert.Equal("""{"sku":"b","amount":2}""", Text(mapper.Map(Row("b", "2")).Record!));
    }

    [Fact]
    public void A_reject_of_our_own_names_column_and_field_and_quotes_no_value()
    {
        // Given
        using var mapper = Mapper(["sku"], ["sku"], Field("sku"), Field("amount", "integer"));

        // When
        var reject = mapper.Map(Row("a", "jane.doe@example.com")).Reject!;

        // Then
        Assert.Equal("amount needs a whole number (column \"C1\").", reject.Reason);
    }

    private static RecordMapper Mapper(string[] dedupeFields, string[] key, params CustomObjectField[] fields) => new(
        new SyncJob("object_c", new ListSource(), key, [.. fields.Select((field, index) => new FieldMapping(field.Name, $"C{index}"))]),
        new CustomObjectDescription("object_c", "Object", dedupeFields, fields));

    private static CustomObjectField Field(string name, string dataType = "string") => new(name, name, dataType, dataType == "string" ? 255 : null, IsUpdateable: true);

    private static SourceRecord Row(params object?[] values) => new(new SourceLocation("file", 1), values);

    private static string Text(MappedRecord record) => Encoding.UTF8.GetString(record.Json.Json.Span);
}
