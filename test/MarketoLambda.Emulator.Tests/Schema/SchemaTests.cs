using System.Text.Json;

namespace MarketoLambda.Emulator.Tests.Schema;

public sealed class SchemaTests : IAsyncLifetime
{
    private const string Types = "/rest/v1/customobjects/schema.json";
    private const string Car = "/rest/v1/customobjects/schema/car";

    private SubscriptionUnderTest _marketo = new();

    public async ValueTask InitializeAsync() => _marketo = await _marketo.SignInAsync();

    public ValueTask DisposeAsync()
    {
        _marketo.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task A_standalone_object_is_made_in_three_calls_that_answer_nothing()
    {
        // When
        var created = await CreateAsync();
        var added = await AddAsync(
            """{"name":"vin","displayName":"VIN","dataType":"string","isDedupeField":true},{"name":"color","displayName":"Color","dataType":"string"}"""
        );
        var approved = await ApproveAsync();
        // Then
        Assert.All([created, added, approved], answer => Assert.Equal(["requestId", "result", "success"], answer.Names()));
        Assert.All([created, added, approved], answer => Assert.Equal(0, answer.Rows()));
        Assert.Equal(
            "created",
            (await _marketo.PostAsync("/rest/v1/customobjects/car.json", """{"input":[{"vin":"a","color":"red"}]}""")).Status());
    }

    [Fact]
    public async Task A_fresh_draft_has_nothing_but_system_fields()
    {
        // Given
        await CreateAsync();
        // When
        var draft = (await DescribeAsync()).Row();
        // Then
        Assert.Equal(
            ("car", "Car", "draft", "draft"),
            (draft.Text("apiName"), draft.Text("displayName"), draft.Text("state"), draft.Text("version")));
        Assert.All(["idField", "createdAt", "updatedAt"], name => Assert.Equal(JsonValueKind.Null, draft.GetProperty(name).ValueKind));
        Assert.Equal(
            ("[]", "[[]]", "[]"),
            (
                draft.GetProperty("dedupeFields").GetRawText(),
                draft.GetProperty("searchableFields").GetRawText(),
                draft.GetProperty("relationships").GetRawText()));
        Assert.Equal(["createdAt", "marketoGUID", "updatedAt"], FieldNames(draft));
    }

    [Fact]
    public async Task A_draft_is_unknown_to_the_record_api()
    {
        // Given
        await CreateAsync();
        await AddAsync("""{"name":"vin","displayName":"VIN","dataType":"string","isDedupeField":true}""");
        // When
        var answer = await _marketo.GetAsync("/rest/v1/customobjects/car/describe.json");
        // Then
        Assert.Equal("610", answer.Code());
    }

    [Fact]
    public async Task An_approved_object_may_stay_unknown_for_a_while()
    {
        // Given
        _marketo.Options.Quirks.ApprovalDelay = TimeSpan.FromSeconds(30);
        await CreateAndApproveAsync();
        // When
        var before = await _marketo.GetAsync("/rest/v1/customobjects/car/describe.json");
        var listed = await _marketo.AnyCallAsync();
        _marketo.Time.Advance(TimeSpan.FromSeconds(30));
        var after = await _marketo.GetAsync("/rest/v1/customobjects/car/describe.json");
        // Then
        Assert.Equal(("610", 0, "ok"), (before.Code(), listed.Rows(), after.Code()));
    }

    [Fact]
    public async Task A_change_of_an_approved_object_waits_in_a_draft()
    {
        // Given
        await CreateAndApproveAsync();
        // When
        await AddAsync("""{"name":"color","displayName":"Color","dataType":"string"}""");
        var approved = (await DescribeAsync()).Row();
        var draft = (await DescribeAsync("?state=draft")).Row();
        var early = await _marketo.PostAsync("/rest/v1/customobjects/car.json", """{"input":[{"vin":"a","color":"red"}]}""");
        await ApproveAsync();
        var late = await _marketo.PostAsync("/rest/v1/customobjects/car.json", """{"input":[{"vin":"a","color":"red"}]}""");
        // Then
        Assert.Equal(("approvedWithDraft", "approved", "draft"), (approved.Text("state"), approved.Text("version"), draft.Text("version")));
        Assert.DoesNotContain("color", FieldNames(approved));
        Assert.Contains("color", FieldNames(draft));
        Assert.Equal(("1006", "created"), (early.Status(), late.Status()));
        Assert.Equal("approved", (await DescribeAsync()).Row().Text("state"));
    }

    [Fact]
    public async Task A_discarded_draft_leaves_the_approved_version()
    {
        // Given
        await CreateAndApproveAsync();
        await AddAsync("""{"name":"color","displayName":"Color","dataType":"string"}""");
        // When
        var first = await _marketo.PostAsync($"{Car}/discardDraft.json", "");
        var second = await _marketo.PostAsync($"{Car}/discardDraft.json", "");
        // Then
        Assert.Equal(("ok", "1048", "Custom Object Discard Draft Failed"), (first.Code(), second.Code(), second.Message()));
        Assert.Equal("610", (await DescribeAsync("?state=draft")).Code());
        Assert.Equal("approved", (await DescribeAsync()).Row().Text("state"));
    }

    [Fact]
    public async Task Discarding_the_draft_of_an_object_never_approved_removes_it()
    {
        // Given
        await CreateAsync();
        // When
        await _marketo.PostAsync($"{Car}/discardDraft.json", "");
        // Then
        Assert.Equal("610", (await DescribeAsync()).Code());
    }

    [Theory]
    [InlineData("""{"action":"createOnly","apiName":"car","displayName":"Other"}""", "1017")]
    [InlineData("""{"action":"updateOnly","apiName":"bus"}""", "1013")]
    [InlineData("""{"action":"updateOnly","apiName":"car","description":"new"}""", "ok")]
    [InlineData("""{"apiName":"car","displayName":"Auto"}""", "ok")]
    [InlineData("""{"apiName":"bus"}""", "1002")]
    [InlineData("""{"displayName":"Bus"}""", "1002")]
    [InlineData("""{"apiName":"bus","displayName":"car"}""", "1003")]
    [InlineData("""{"apiName":"b-us","displayName":"Bus"}""", "1003")]
    [InlineData("""{"apiName":"bus","displayName":"Bus","action":"upsert"}""", "1003")]
    public async Task Objects_are_created_and_changed_by_the_rules(string body, string code)
    {
        // Given
        await CreateAsync();
        // When
        var answer = await _marketo.PostAsync(Types, body);
        // Then
        Assert.Equal(code, answer.Code());
    }

    [Fact]
    public async Task An_approved_object_keeps_its_display_name()
    {
        // Given
        await CreateAndApproveAsync();
        // When
        var renamed = await _marketo.PostAsync(Types, """{"apiName":"car","displayName":"Auto"}""");
        var described = await _marketo.PostAsync(
            Types,
            """{"apiName":"car","displayName":"Car","description":"new","pluralName":"Cars","showInLeadDetail":true}""");
        var draft = (await DescribeAsync("?state=approvedWithDraft")).Row();
        // Then
        Assert.Equal(("1003", "ok"), (renamed.Code(), described.Code()));
        Assert.Equal("new", draft.Text("description"));
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
        await CreateAsync();
        await AddAsync("""{"name":"vin","displayName":"VIN","dataType":"string","isDedupeField":true}""");
        // When
        var answer = await AddAsync(field);
        // Then
        Assert.Equal(code, answer.Code());
    }

    [Fact]
    public async Task Of_several_fields_all_are_added_or_none()
    {
        // Given
        await CreateAsync();
        // When
        await AddAsync("""{"name":"a","displayName":"A","dataType":"string"},{"name":"a","displayName":"B","dataType":"string"}""");
        // Then
        Assert.DoesNotContain("a", FieldNames((await DescribeAsync()).Row()));
    }

    [Theory]
    [InlineData(0, "1003")]
    [InlineData(1, "ok")]
    [InlineData(3, "ok")]
    public async Task An_object_is_approved_with_one_to_three_dedupe_fields(int keys, string code)
    {
        // Given
        await CreateAsync();
        await AddAsync(Fields(0, keys, isKey: true));
        // When
        var answer = await ApproveAsync();
        // Then
        Assert.Equal(code, answer.Code());
    }

    [Fact]
    public async Task A_fourth_dedupe_field_is_refused()
    {
        // Given
        await CreateAsync();
        // When
        var answer = await AddAsync(Fields(0, 4, isKey: true));
        // Then
        Assert.Equal("1003", answer.Code());
    }

    [Fact]
    public async Task A_fifty_first_field_is_refused()
    {
        // Given
        await CreateAsync();
        // When
        var fifty = await AddAsync(Fields(0, 50));
        var one = await AddAsync(Fields(50, 1));
        // Then
        Assert.Equal(("ok", "1028"), (fifty.Code(), one.Code()));
    }

    [Fact]
    public async Task Twenty_fields_may_be_added_after_approval()
    {
        // Given
        await CreateAndApproveAsync();
        await AddAsync(Fields(0, 15));
        await ApproveAsync();
        // When
        var twenty = await AddAsync(Fields(15, 5));
        var one = await AddAsync(Fields(20, 1));
        await _marketo.PostAsync($"{Car}/discardDraft.json", "");
        var again = await AddAsync(Fields(20, 5));
        // Then
        Assert.Equal(["ok", "1028", "ok"], [twenty.Code(), one.Code(), again.Code()]);
    }

    [Theory]
    [InlineData("""{"name":"x","displayName":"X","dataType":"string","isDedupeField":true}""")]
    [InlineData("""{"name":"x","displayName":"X","dataType":"link","relatedTo":{"name":"lead","field":"id"}}""")]
    public async Task Keys_and_links_can_not_be_added_after_approval(string field)
    {
        // Given
        await CreateAndApproveAsync();
        // When
        var answer = await AddAsync(field);
        // Then
        Assert.Equal("1003", answer.Code());
    }

    [Fact]
    public async Task A_key_can_not_be_deleted_or_changed_after_approval()
    {
        // Given
        await CreateAndApproveAsync();
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
        await CreateAsync();
        await AddAsync(Fields(0, 2));
        // When
        var changed = await _marketo.PostAsync($"{Car}/field0/updateField.json", """{"name":"renamed","dataType":"integer"}""");
        var deleted = await _marketo.PostAsync($"{Car}/deleteField.json", """{"input":[{"name":"field1"}]}""");
        var unknown = await _marketo.PostAsync($"{Car}/field1/updateField.json", """{"name":"x"}""");
        var missing = await _marketo.PostAsync($"{Car}/deleteField.json", """{"input":[{"name":"field1"}]}""");
        // Then
        Assert.Equal(["ok", "ok", "1006", "1006"], [changed.Code(), deleted.Code(), unknown.Code(), missing.Code()]);
        Assert.Equal(["createdAt", "marketoGUID", "updatedAt", "renamed"], FieldNames((await DescribeAsync()).Row()));
    }

    [Fact]
    public async Task A_field_deleted_and_added_again_is_empty()
    {
        // Given
        await CreateAndApproveAsync();
        await AddAsync(Fields(0, 1));
        await ApproveAsync();
        await _marketo.PostAsync("/rest/v1/customobjects/car.json", """{"input":[{"vin":"a","field0":"old"}]}""");
        // When
        await _marketo.PostAsync($"{Car}/deleteField.json", """{"input":[{"name":"field0"}]}""");
        await AddAsync(Fields(0, 1));
        await ApproveAsync();
        // Then
        Assert.Null(_marketo.Emulator.Find("car", "a")[0]["field0"]);
    }

    [Fact]
    public async Task A_deleted_object_is_gone_with_its_records()
    {
        // Given
        await CreateAndApproveAsync();
        await _marketo.PostAsync("/rest/v1/customobjects/car.json", """{"input":[{"vin":"a"}]}""");
        // When
        var deleted = await _marketo.PostAsync($"{Car}/delete.json", "");
        await CreateAndApproveAsync();
        // Then
        Assert.Equal("ok", deleted.Code());
        Assert.Equal(0, _marketo.Emulator.Count("car"));
    }

    [Fact]
    public async Task An_object_in_use_can_not_be_deleted_and_tells_by_what()
    {
        // Given
        await CreateAndApproveAsync();
        _marketo.Emulator.AddDependentAsset("car", "Smart List", 17, "Drivers");
        await _marketo.PostAsync(Types, """{"apiName":"trip","displayName":"Trip"}""");
        await _marketo.PostAsync(
            "/rest/v1/customobjects/schema/trip/addField.json",
            """{"input":[{"name":"car","displayName":"Car","dataType":"link","relatedTo":{"name":"car","field":"vin"}}]}""");
        // When
        var deleted = await _marketo.PostAsync($"{Car}/delete.json", "");
        var assets = await _marketo.GetAsync($"{Car}/dependentAssets.json");
        // Then
        Assert.Equal("1022", deleted.Code());
        Assert.Equal(["Drivers", "trip"], assets.GetProperty("result").EnumerateArray().Select(asset => asset.Text("assetName")));
        Assert.Equal("""{"assetType":"Smart List","assetId":17,"assetName":"Drivers"}""", assets.Row().GetRawText());
    }

    [Fact]
    public async Task Linkable_are_leads_companies_and_approved_objects_without_links()
    {
        // Given
        _marketo.WithObjects();
        await CreateAsync();
        // When
        var linkable = await _marketo.GetAsync("/rest/v1/customobjects/schema/linkableObjects.json");
        // Then
        Assert.Equal(
            ["lead", "company", "car_c", "customObjectSyncMetadata_c", "booking_c"],
            linkable.GetProperty("result").EnumerateArray().Select(found => found.Text("name")));
        Assert.Equal(
            """{"name":"Email Address","displayName":"Email Address","dataType":"email"}""",
            linkable.Row().GetProperty("fields")[0].GetRawText());
        Assert.Equal(
            ["marketoGUID", "vin"],
            linkable.GetProperty("result")[2].GetProperty("fields").EnumerateArray().Select(field => field.Text("name")));
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

    [Fact]
    public async Task The_list_can_be_narrowed_by_state_and_name()
    {
        // Given
        _marketo.WithObjects();
        await _marketo.PostAsync(Types, """{"apiName":"car","displayName":"Draft"}""");
        // When
        var drafts = await _marketo.GetAsync($"{Types}?state=draft");
        var approved = await _marketo.GetAsync($"{Types}?state=approved&names=car_c,car");
        var wrong = await _marketo.GetAsync($"{Types}?state=ripe");
        // Then
        Assert.Equal("car", Assert.Single(drafts.GetProperty("result").EnumerateArray()).Text("apiName"));
        Assert.Equal("car_c", Assert.Single(approved.GetProperty("result").EnumerateArray()).Text("apiName"));
        Assert.Equal("1003", wrong.Code());
    }

    [Fact]
    public async Task A_state_means_the_same_in_the_list_and_in_describe()
    {
        // Given
        await CreateAndApproveAsync();
        await _marketo.PostAsync(Types, """{"apiName":"car","displayName":"Car","description":"new"}""");
        foreach (var (state, version) in new[] { ("draft", "draft"), ("approved", "approved"), ("approvedWithDraft", "draft") })
        {
            // When
            var listed = (await _marketo.GetAsync($"{Types}?state={state}")).Row();
            var described = (await DescribeAsync($"?state={state}")).Row();
            // Then
            Assert.Equal((version, "approvedWithDraft"), (listed.Text("version"), listed.Text("state")));
            Assert.Equal(described.GetRawText(), listed.GetRawText());
        }
    }

    [Fact]
    public async Task The_api_makes_ten_objects_and_no_more()
    {
        // Given
        _marketo.WithObjects();
        for (var number = 1; number <= 10; number++)
        {
            Assert.Equal("ok", (await _marketo.PostAsync(Types, $$"""{"apiName":"t{{number}}","displayName":"T{{number}}"}""")).Code());
        }

        // When
        var eleventh = await _marketo.PostAsync(Types, """{"apiName":"t11","displayName":"T11"}""");
        // Then
        Assert.Equal("1028", eleventh.Code());
    }

    /// <summary>Witness: Adobe's OpenAPI requires displayName in SyncCustomObjectTypeRequest.</summary>
    [Fact]
    public async Task An_upsert_of_an_object_names_what_it_is_called()
    {
        // Given
        await CreateAndApproveAsync();
        // When
        var answer = await _marketo.PostAsync(Types, """{"apiName":"car","description":"new"}""");
        // Then
        Assert.Equal("1002", answer.Code());
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
        await CreateAsync();
        // When
        var answer = await _marketo.PostAsync(
            $"{Car}/addField.json",
            $$$"""{"input":[{"name":"x","displayName":"X","dataType":"link","relatedTo":{"name":"{{{name}}}","field":"{{{field}}}"}}]}""");
        // Then
        Assert.Equal("ok", answer.Code());
    }

    [Theory]
    [InlineData("describe.json", "610")]
    [InlineData("dependentAssets.json", "610")]
    public async Task An_unknown_object_is_not_found(string action, string code) =>
        Assert.Equal(code, (await _marketo.GetAsync($"{Car}/{action}")).Code());

    [Theory]
    [InlineData("approve.json")]
    [InlineData("discardDraft.json")]
    [InlineData("delete.json")]
    public async Task An_unknown_object_can_not_be_changed(string action) =>
        Assert.Equal("610", (await _marketo.PostAsync($"{Car}/{action}", "")).Code());

    [Fact]
    public async Task Approving_without_a_draft_is_refused()
    {
        // Given
        await CreateAndApproveAsync();
        // When
        var answer = await ApproveAsync();
        // Then
        Assert.Equal("1003", answer.Code());
    }

    [Fact]
    public async Task A_subscription_without_the_metadata_api_gets_616()
    {
        // Given
        _marketo.Options.SchemaApiAvailable = false;
        // When
        var answer = await CreateAsync();
        // Then
        Assert.Equal(("616", "Invalid subscription type"), (answer.Code(), answer.Message()));
    }

    private Task<JsonElement> CreateAsync() => _marketo.PostAsync(Types, """{"action":"createOnly","apiName":"car","displayName":"Car"}""");

    private Task<JsonElement> AddAsync(string fields) => _marketo.PostAsync($"{Car}/addField.json", $$"""{"input":[{{fields}}]}""");

    private Task<JsonElement> ApproveAsync() => _marketo.PostAsync($"{Car}/approve.json", "");

    private Task<JsonElement> DescribeAsync(string query = "") => _marketo.GetAsync($"{Car}/describe.json{query}");

    private async Task CreateAndApproveAsync()
    {
        await CreateAsync();
        await AddAsync("""{"name":"vin","displayName":"VIN","dataType":"string","isDedupeField":true}""");
        Assert.Equal("ok", (await ApproveAsync()).Code());
    }

    private static string Fields(int first, int count, bool isKey = false) =>
        string.Join(
            ',',
            Enumerable
                .Range(first, count)
                .Select(number =>
                    $$"""{"name":"field{{number}}","displayName":"Field {{number}}","dataType":"string","isDedupeField":{{(isKey ? "true" : "false")}}}"""
                ));

    private static string?[] FieldNames(JsonElement type) =>
        [.. type.GetProperty("fields").EnumerateArray().Select(field => field.Text("name"))];
}
