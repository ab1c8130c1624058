using static MarketoLambda.Emulator.Tests.Schema.CarType;

namespace MarketoLambda.Emulator.Tests.Schema;

/// <summary>The fields of an object: which may be added, changed and deleted, and when.</summary>
public sealed class FieldTests : IAsyncLifetime
{
    private SubscriptionUnderTest _marketo = new();

    public async ValueTask InitializeAsync() => _marketo = await _marketo.SignInAsync();

    public ValueTask DisposeAsync()
    {
        _marketo.Dispose();
        return ValueTask.CompletedTask;
    }

    [Theory]
    [InlineData("""{"name":"x","displayName":"X","dataType":"blob"}""", "1001")]
    [InlineData("""{"name":"x","displayName":"X"}""", "1002")]
    [InlineData("""{"name":"x","dataType":"string"}""", "1002")]
    [InlineData("""{"name":"vIN","displayName":"X","dataType":"string"}""", "1003")]
    [InlineData("""{"name":"x","displayName":"vin","dataType":"string"}""", "1003")]
    [InlineData("""{"name":"createdAt","displayName":"X","dataType":"string"}""", "1003")]
    [InlineData("""{"name":"a b","displayName":"X","dataType":"string"}""", "1003")]
    [InlineData("""{"name":"x","displayName":"X","dataType":"link"}""", "1003")]
    [InlineData("""{"name":"x","displayName":"X","dataType":"link","relatedTo":{"name":"opportunity","field":"id"}}""", "1003")]
    [InlineData("""{"name":"x","displayName":"X","dataType":"string","relatedTo":{"name":"lead","field":"id"}}""", "1003")]
    [InlineData("""{"name":"x","displayName":"X","dataType":"link","relatedTo":{"name":"Lead","field":"Id"}}""", "ok")]
    public async Task Fields_are_added_by_the_rules(string field, string code)
    {
        // Given
        await _marketo.CreateCarAsync();
        await _marketo.AddFieldsAsync("""{"name":"vin","displayName":"VIN","dataType":"string","isDedupeField":true}""");
        // When
        var answer = await _marketo.AddFieldsAsync(field);
        // Then
        Assert.Equal(code, answer.Code());
    }

    [Fact]
    public async Task Of_several_fields_all_are_added_or_none()
    {
        // Given
        await _marketo.CreateCarAsync();
        // When
        await _marketo.AddFieldsAsync("""{"name":"a","displayName":"A","dataType":"string"},{"name":"a","displayName":"B","dataType":"string"}""");
        // Then
        Assert.DoesNotContain("a", FieldNames((await _marketo.DescribeCarAsync()).Row()));
    }

    [Fact]
    public async Task A_fifty_first_field_is_refused()
    {
        // Given
        await _marketo.CreateCarAsync();
        // When
        var fifty = await _marketo.AddFieldsAsync(Fields(0, 50));
        var one = await _marketo.AddFieldsAsync(Fields(50, 1));
        // Then
        Assert.Equal(("ok", "1028"), (fifty.Code(), one.Code()));
    }

    [Fact]
    public async Task Twenty_fields_may_be_added_after_approval()
    {
        // Given
        await _marketo.CreateAndApproveCarAsync();
        await _marketo.AddFieldsAsync(Fields(0, 15));
        await _marketo.ApproveCarAsync();
        // When
        var twenty = await _marketo.AddFieldsAsync(Fields(15, 5));
        var one = await _marketo.AddFieldsAsync(Fields(20, 1));
        await _marketo.PostAsync($"{Car}/discardDraft.json", "");
        var again = await _marketo.AddFieldsAsync(Fields(20, 5));
        // Then
        Assert.Equal(["ok", "1028", "ok"], [twenty.Code(), one.Code(), again.Code()]);
    }

    [Theory]
    [InlineData("""{"name":"x","displayName":"X","dataType":"string","isDedupeField":true}""")]
    [InlineData("""{"name":"x","displayName":"X","dataType":"link","relatedTo":{"name":"lead","field":"id"}}""")]
    public async Task Keys_and_links_can_not_be_added_after_approval(string field)
    {
        // Given
        await _marketo.CreateAndApproveCarAsync();
        // When
        var answer = await _marketo.AddFieldsAsync(field);
        // Then
        Assert.Equal("1003", answer.Code());
    }

    [Fact]
    public async Task A_key_can_not_be_deleted_or_changed_after_approval()
    {
        // Given
        await _marketo.CreateAndApproveCarAsync();
        // When
        var deleted = await _marketo.PostAsync($"{Car}/deleteField.json", """{"input":[{"name":"vin"}]}""");
        var changed = await _marketo.PostAsync($"{Car}/vin/updateField.json", """{"isDedupeField":false}""");
        var described = await _marketo.PostAsync($"{Car}/vin/updateField.json", """{"description":"Vehicle identification number"}""");
        // Then
        Assert.Equal(["1003", "1003", "ok"], [deleted.Code(), changed.Code(), described.Code()]);
    }

    [Fact]
    public async Task A_field_of_a_draft_can_be_changed_and_deleted()
    {
        // Given
        await _marketo.CreateCarAsync();
        await _marketo.AddFieldsAsync(Fields(0, 2));
        // When
        var changed = await _marketo.PostAsync($"{Car}/field0/updateField.json", """{"name":"renamed","dataType":"integer"}""");
        var deleted = await _marketo.PostAsync($"{Car}/deleteField.json", """{"input":[{"name":"field1"}]}""");
        var unknown = await _marketo.PostAsync($"{Car}/field1/updateField.json", """{"name":"x"}""");
        var missing = await _marketo.PostAsync($"{Car}/deleteField.json", """{"input":[{"name":"field1"}]}""");
        // Then
        Assert.Equal(["ok", "ok", "1006", "1006"], [changed.Code(), deleted.Code(), unknown.Code(), missing.Code()]);
        Assert.Equal(["createdAt", "marketoGUID", "updatedAt", "renamed"], FieldNames((await _marketo.DescribeCarAsync()).Row()));
    }

    [Fact]
    public async Task A_field_deleted_and_added_again_is_empty()
    {
        // Given
        await _marketo.CreateAndApproveCarAsync();
        await _marketo.AddFieldsAsync(Fields(0, 1));
        await _marketo.ApproveCarAsync();
        await _marketo.PostAsync("/rest/v1/customobjects/car.json", """{"input":[{"vin":"a","field0":"old"}]}""");
        // When
        await _marketo.PostAsync($"{Car}/deleteField.json", """{"input":[{"name":"field0"}]}""");
        await _marketo.AddFieldsAsync(Fields(0, 1));
        await _marketo.ApproveCarAsync();
        // Then
        Assert.Null(_marketo.Emulator.Find("car", "a")[0]["field0"]);
    }

    [Fact]
    public async Task There_are_eleven_data_types()
    {
        // When
        var types = await _marketo.GetAsync("/rest/v1/customobjects/schema/fieldDataTypes.json");
        // Then
        Assert.Equal(["string", "boolean", "integer", "float", "link", "email", "currency", "date", "datetime", "phone", "text"],
            types.GetProperty("result").EnumerateArray().Select(type => type.GetString()));
    }

    /// <summary>Witness: a recorded <em>describe</em> names what a link points at by the names people see.</summary>
    [Theory]
    [InlineData("lead", "id")]
    [InlineData("Lead", "Id")]
    [InlineData("lead", "Email Address")]
    [InlineData("company", "Id")]
    public async Task A_link_names_its_field_as_answers_do_or_by_its_rest_name(string name, string field)
    {
        // Given
        await _marketo.CreateCarAsync();
        // When
        var answer = await _marketo.PostAsync(
            $"{Car}/addField.json",
            $$$"""{"input":[{"name":"x","displayName":"X","dataType":"link","relatedTo":{"name":"{{{name}}}","field":"{{{field}}}"}}]}""");
        // Then
        Assert.Equal("ok", answer.Code());
    }
}
