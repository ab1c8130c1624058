using System.Text.Json;
using static MarketoLambda.Emulator.Tests.Schema.CarType;

namespace MarketoLambda.Emulator.Tests.Schema;

/// <summary>An object is changed in a draft, and records see it once it is approved.</summary>
public sealed class DraftTests : IAsyncLifetime
{
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
        var created = await _marketo.CreateCarAsync();
        var added = await _marketo.AddFieldsAsync(
            """{"name":"vin","displayName":"VIN","dataType":"string","isDedupeField":true},{"name":"color","displayName":"Color","dataType":"string"}"""
        );
        var approved = await _marketo.ApproveCarAsync();
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
        await _marketo.CreateCarAsync();
        // When
        var draft = (await _marketo.DescribeCarAsync()).Row();
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
        await _marketo.CreateCarAsync();
        await _marketo.AddFieldsAsync("""{"name":"vin","displayName":"VIN","dataType":"string","isDedupeField":true}""");
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
        await _marketo.CreateAndApproveCarAsync();
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
        await _marketo.CreateAndApproveCarAsync();
        // When
        await _marketo.AddFieldsAsync("""{"name":"color","displayName":"Color","dataType":"string"}""");
        var approved = (await _marketo.DescribeCarAsync()).Row();
        var draft = (await _marketo.DescribeCarAsync("?state=draft")).Row();
        var early = await _marketo.PostAsync("/rest/v1/customobjects/car.json", """{"input":[{"vin":"a","color":"red"}]}""");
        await _marketo.ApproveCarAsync();
        var late = await _marketo.PostAsync("/rest/v1/customobjects/car.json", """{"input":[{"vin":"a","color":"red"}]}""");
        // Then
        Assert.Equal(("approvedWithDraft", "approved", "draft"), (approved.Text("state"), approved.Text("version"), draft.Text("version")));
        Assert.DoesNotContain("color", FieldNames(approved));
        Assert.Contains("color", FieldNames(draft));
        Assert.Equal(("1006", "created"), (early.Status(), late.Status()));
        Assert.Equal("approved", (await _marketo.DescribeCarAsync()).Row().Text("state"));
    }

    [Fact]
    public async Task A_discarded_draft_leaves_the_approved_version()
    {
        // Given
        await _marketo.CreateAndApproveCarAsync();
        await _marketo.AddFieldsAsync("""{"name":"color","displayName":"Color","dataType":"string"}""");
        // When
        var first = await _marketo.PostAsync($"{Car}/discardDraft.json", "");
        var second = await _marketo.PostAsync($"{Car}/discardDraft.json", "");
        // Then
        Assert.Equal(("ok", "1048", "Custom Object Discard Draft Failed"), (first.Code(), second.Code(), second.Message()));
        Assert.Equal("610", (await _marketo.DescribeCarAsync("?state=draft")).Code());
        Assert.Equal("approved", (await _marketo.DescribeCarAsync()).Row().Text("state"));
    }

    [Fact]
    public async Task Discarding_the_draft_of_an_object_never_approved_removes_it()
    {
        // Given
        await _marketo.CreateCarAsync();
        // When
        await _marketo.PostAsync($"{Car}/discardDraft.json", "");
        // Then
        Assert.Equal("610", (await _marketo.DescribeCarAsync()).Code());
    }

    [Theory]
    [InlineData(0, "1003")]
    [InlineData(1, "ok")]
    [InlineData(3, "ok")]
    public async Task An_object_is_approved_with_one_to_three_dedupe_fields(int keys, string code)
    {
        // Given
        await _marketo.CreateCarAsync();
        await _marketo.AddFieldsAsync(Fields(0, keys, isKey: true));
        // When
        var answer = await _marketo.ApproveCarAsync();
        // Then
        Assert.Equal(code, answer.Code());
    }

    [Fact]
    public async Task A_fourth_dedupe_field_is_refused()
    {
        // Given
        await _marketo.CreateCarAsync();
        // When
        var answer = await _marketo.AddFieldsAsync(Fields(0, 4, isKey: true));
        // Then
        Assert.Equal("1003", answer.Code());
    }

    [Fact]
    public async Task Approving_without_a_draft_is_refused()
    {
        // Given
        await _marketo.CreateAndApproveCarAsync();
        // When
        var answer = await _marketo.ApproveCarAsync();
        // Then
        Assert.Equal("1003", answer.Code());
    }
}
