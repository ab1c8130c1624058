using System.Text.Json;
using MarketoLambda.Emulator.Objects;

namespace MarketoLambda.Emulator.Tests.Objects;

public sealed class SyncTests : IAsyncLifetime
{
    private const string Cars = "/rest/v1/customobjects/car_c.json";

    private SubscriptionUnderTest _marketo = new();

    public async ValueTask InitializeAsync() => _marketo = await _marketo.WithObjects().SignInAsync();

    public ValueTask DisposeAsync()
    {
        _marketo.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task An_upsert_creates_then_updates_and_answers_in_the_order_of_the_input()
    {
        // Given
        var first = await SyncAsync("""{"action":"createOrUpdate","dedupeBy":"dedupeFields","input":[{"vin":"a"},{"vin":"b"}]}""");
        // When
        var second = await SyncAsync("""{"input":[{"vin":"c"},{"vin":"b"},{"color":"red"}]}""");
        // Then
        Assert.Equal(["seq", "marketoGUID", "status"], second.Row().Names());
        Assert.Equal(["created", "updated", "1003"], [second.Status(), second.Status(1), second.Status(2)]);
        Assert.Equal([0, 1, 2], second.GetProperty("result").EnumerateArray().Select(row => row.GetProperty("seq").GetInt32()));
        Assert.Equal(first.Row(1).Text("marketoGUID"), second.Row(1).Text("marketoGUID"));
        Assert.Equal(["seq", "status", "reasons"], second.Row(2).Names());
    }

    [Fact]
    public async Task An_answer_is_an_envelope_without_errors_and_warnings()
    {
        // When
        var answer = await SyncAsync("""{"input":[{"vin":"a"}]}""");
        var refusal = await SyncAsync("""{"input":[]}""");
        // Then
        Assert.Equal(["requestId", "result", "success"], answer.Names());
        Assert.Equal(["requestId", "success", "errors"], refusal.Names());
    }

    [Theory]
    [InlineData("1017", "Object already exists")]
    [InlineData("1005", "Lead already exists")]
    public async Task Create_only_skips_a_key_that_exists(string code, string message)
    {
        // Given
        _marketo.Options.Quirks.KeyExistsCode = code;
        _marketo.Emulator.Seed("car_c", """{"vin":"a","color":"red"}""");
        // When
        var answer = await SyncAsync("""{"action":"createOnly","input":[{"vin":"a","color":"blue"},{"vin":"b"}]}""");
        // Then
        Assert.Equal([code, "created"], [answer.Status(), answer.Status(1)]);
        Assert.Equal(message, answer.Row().GetProperty("reasons")[0].Text("message"));
        Assert.Equal("red", _marketo.Emulator.Find("car_c", "a")[0]["color"]);
    }

    [Theory]
    [InlineData("1013")]
    [InlineData("1004")]
    public async Task Update_only_skips_a_key_that_is_missing(string code)
    {
        // Given
        _marketo.Options.Quirks.KeyMissingCode = code;
        _marketo.Emulator.Seed("car_c", """{"vin":"a"}""");
        // When
        var answer = await SyncAsync("""{"action":"updateOnly","input":[{"vin":"a"},{"vin":"b"}]}""");
        // Then
        Assert.Equal(["updated", code], [answer.Status(), answer.Status(1)]);
        Assert.Equal(1, _marketo.Emulator.Count("car_c"));
    }

    [Fact]
    public async Task An_update_changes_what_is_sent_and_empties_what_is_null_or_blank()
    {
        // Given
        _marketo.Emulator.Seed("car_c", """{"vin":"a","color":"red","doors":4,"notes":"x","hotline":"1"}""");
        _marketo.Time.Advance(TimeSpan.FromSeconds(90.7));
        // When
        await SyncAsync("""{"input":[{"vin":"a","color":null,"notes":"","doors":5}]}""");
        // Then
        var car = Assert.Single(_marketo.Emulator.Records("car_c"));
        Assert.Equal(["doors", "hotline", "vin"], car.Fields.Keys.Order(StringComparer.Ordinal));
        Assert.Equal("5", car["doors"]);
        Assert.Equal((SubscriptionUnderTest.Start, SubscriptionUnderTest.Start.AddSeconds(90)), (car.CreatedAt, car.UpdatedAt));
    }

    [Theory]
    [InlineData("1003")]
    [InlineData("1002")]
    public async Task A_record_without_its_key_is_skipped(string code)
    {
        // Given
        _marketo.Options.Quirks.MissingDedupeFieldCode = code;
        // When
        var answer = await SyncAsync("""{"input":[{"color":"red"},{"vin":""},{"vin":null}]}""");
        // Then
        Assert.Equal([code, code, code], [answer.Status(), answer.Status(1), answer.Status(2)]);
    }

    [Theory]
    [InlineData("""{"vin":"a","nope":1}""", "1006", "Field 'nope' not found")]
    [InlineData("""{"vin":"a","doors":"four"}""", "1001", "Invalid value 'four'. Required of type 'integer'")]
    [InlineData("""{"vin":"a","createdAt":"2026-01-01T00:00:00Z"}""", "1003", "Field 'createdAt' is not updateable")]
    [InlineData("""{"vin":"a","marketoGUID":"dff23271-f996-47d7-984f-f2676861b5fa"}""", "1003", "Field 'marketoGUID' is not updateable")]
    [InlineData("7", "1003", "Invalid data")]
    public async Task A_wrong_record_is_skipped_alone(string record, string code, string message)
    {
        // When
        var answer = await SyncAsync($$"""{"input":[{"vin":"before"},{{record}},{"vin":"after"}]}""");
        // Then
        Assert.Equal(["created", code, "created"], [answer.Status(), answer.Status(1), answer.Status(2)]);
        Assert.Equal(message, answer.Row(1).GetProperty("reasons")[0].Text("message"));
    }

    [Fact]
    public async Task An_unknown_field_refuses_the_whole_call_with_the_quirk()
    {
        // Given
        _marketo.Options.Quirks.UnknownFieldRefusesCall = true;
        // When
        var answer = await SyncAsync("""{"input":[{"vin":"a"},{"vin":"b","nope":1}]}""");
        // Then
        Assert.Equal("1006", answer.Code());
        Assert.Equal(0, _marketo.Emulator.Count("car_c"));
    }

    [Theory]
    [InlineData("""{"action":"replace","input":[{"vin":"a"}]}""", "1003", "Invalid action 'replace' value")]
    [InlineData("""{"dedupeBy":"yoyoto","input":[{"vin":"a"}]}""", "1003", "Invalid dedupeBy 'yoyoto' value")]
    [InlineData("""{"action":"createOnly","dedupeBy":"idField","input":[{"vin":"a"}]}""", "1003", "Invalid dedupeBy 'idField' value")]
    [InlineData("""{"action":"createOrUpdate","dedupeBy":"idField","input":[{"vin":"a"}]}""", "1003", "Invalid dedupeBy 'idField' value")]
    [InlineData("""{"action":"createOnly"}""", "1002", "Missing value for the required parameter 'input'")]
    public async Task A_wrong_order_is_refused_as_a_whole(string body, string code, string message)
    {
        // When
        var answer = await SyncAsync(body);
        // Then
        Assert.Equal((code, message), (answer.Code(), answer.Message()));
    }

    [Fact]
    public async Task More_than_300_records_are_refused_as_a_whole()
    {
        // When
        var fits = await SyncAsync($$"""{"input":[{{string.Join(',', Enumerable.Range(0, 300).Select(n => $$"""{"vin":"{{n}}"}"""))}}]}""");
        var tooMany = await SyncAsync(
            $$"""{"input":[{{string.Join(',', Enumerable.Range(0, 301).Select(n => $$"""{"vin":"x{{n}}"}"""))}}]}""");
        // Then
        Assert.Equal(300, fits.Rows());
        Assert.Equal("1003", tooMany.Code());
        Assert.Equal(300, _marketo.Emulator.Count("car_c"));
    }

    [Fact]
    public async Task A_key_twice_in_one_request_is_created_and_then_updated()
    {
        // When
        var answer = await SyncAsync("""{"input":[{"vin":"a","color":"red"},{"vin":"a","color":"blue"}]}""");
        // Then
        Assert.Equal(["created", "updated"], [answer.Status(), answer.Status(1)]);
        Assert.Equal("blue", Assert.Single(_marketo.Emulator.Records("car_c"))["color"]);
    }

    [Fact]
    public async Task A_key_twice_in_one_request_is_skipped_the_second_time_with_the_quirk()
    {
        // Given
        _marketo.Options.Quirks.RejectDuplicateKeysInRequest = true;
        // When
        var answer = await SyncAsync("""{"input":[{"vin":"a","color":"red"},{"vin":"a","color":"blue"}]}""");
        // Then
        Assert.Equal(["created", "1036"], [answer.Status(), answer.Status(1)]);
        Assert.Equal("red", Assert.Single(_marketo.Emulator.Records("car_c"))["color"]);
    }

    [Fact]
    public async Task A_key_that_two_records_share_can_not_be_updated_or_deleted_by_it()
    {
        // Given
        _marketo.Emulator.Seed("car_c", """{"vin":"a"}""");
        _marketo.Emulator.Seed("car_c", """{"vin":"a"}""");
        // When
        var updated = await SyncAsync("""{"input":[{"vin":"a","color":"red"}]}""");
        var deleted = await _marketo.PostAsync(
            "/rest/v1/customobjects/car_c/delete.json",
            """{"deleteBy":"dedupeFields","input":[{"vin":"a"}]}""");
        // Then
        Assert.Equal(("1007", "1007"), (updated.Status(), deleted.Status()));
        Assert.Equal(2, _marketo.Emulator.Count("car_c"));
    }

    [Fact]
    public async Task An_update_by_guid_finds_its_record_and_may_change_the_key()
    {
        // Given
        var guid = _marketo.Emulator.Seed("car_c", """{"vin":"a"}""");
        _marketo.Emulator.Seed("car_c", """{"vin":"taken"}""");
        // When
        var answer = await SyncAsync($$"""
            {"action":"updateOnly","dedupeBy":"idField","input":[{"marketoGUID":"{{guid}}","vin":"z","color":"red"},{"marketoGUID":"{{Guid.Empty}}","vin":"y"},{"vin":"a"},{"marketoGUID":"{{guid}}","vin":"taken"}]}
            """);
        // Then
        Assert.Equal(["updated", "1013", "1003", "1017"], [answer.Status(), answer.Status(1), answer.Status(2), answer.Status(3)]);
        Assert.Empty(_marketo.Emulator.Find("car_c", "a"));
        Assert.Equal("red", Assert.Single(_marketo.Emulator.Find("car_c", "z"))["color"]);
    }

    [Fact]
    public async Task A_compound_key_is_one_key()
    {
        // When
        var answer = await _marketo.PostAsync("/rest/v1/customobjects/booking_c.json", """
            {"input":[{"customer":"a","room":"1"},{"customer":"a","room":"2"},{"customer":"a","room":"1","nights":3},{"customer":"a"}]}
            """);
        // Then
        Assert.Equal(["created", "created", "updated", "1003"], [answer.Status(), answer.Status(1), answer.Status(2), answer.Status(3)]);
        Assert.Equal("3", Assert.Single(_marketo.Emulator.Find("booking_c", "a", "1"))["nights"]);
    }

    [Fact]
    public async Task A_link_must_point_at_a_lead_that_exists()
    {
        // Given
        _marketo.Emulator.AddLead(1000302, "ada@emulator.example");
        // When
        var answer = await _marketo.PostAsync("/rest/v1/customobjects/course_c.json", """
            {"input":[{"courseId":"a","leadId":1000302},{"courseId":"b","leadId":"1000302"},{"courseId":"c","leadId":7},{"courseId":"d"}]}
            """);
        // Then
        Assert.Equal(["created", "created", "1004", "created"], [answer.Status(), answer.Status(1), answer.Status(2), answer.Status(3)]);
        Assert.Equal("Lead not found", answer.Row(2).GetProperty("reasons")[0].Text("message"));
    }

    [Theory]
    [InlineData(true, "updated")]
    [InlineData(false, "1006")]
    public async Task Field_names_ignore_case_only_with_the_quirk(bool ignore, string status)
    {
        // Given
        _marketo.Options.Quirks.FieldNamesIgnoreCase = ignore;
        _marketo.Emulator.Seed("car_c", """{"vin":"a"}""");
        // When
        var answer = await SyncAsync("""{"input":[{"VIN":"a"}]}""");
        // Then
        Assert.Equal(status, answer.Status());
    }

    [Theory]
    [InlineData(true, "updated")]
    [InlineData(false, "created")]
    public async Task Key_values_ignore_case_only_with_the_quirk(bool ignore, string status)
    {
        // Given
        _marketo.Options.Quirks.KeyValuesIgnoreCase = ignore;
        _marketo.Emulator.Seed("car_c", """{"vin":"abc"}""");
        // When
        var answer = await SyncAsync("""{"input":[{"vin":"ABC"}]}""");
        // Then
        Assert.Equal(status, answer.Status());
    }

    [Theory]
    [InlineData(true, "ok")]
    [InlineData(false, "610")]
    public async Task Object_names_ignore_case_only_with_the_quirk(bool ignore, string code)
    {
        // Given
        _marketo.Options.Quirks.ObjectNamesIgnoreCase = ignore;
        // When
        var answer = await _marketo.PostAsync("/rest/v1/customobjects/CAR_C.json", """{"input":[{"vin":"a"}]}""");
        // Then
        Assert.Equal(code, answer.Code());
    }

    [Theory]
    [InlineData(true, 1, "created,1017")]
    [InlineData(false, 2, "created,created")]
    public async Task Two_creates_of_one_key_in_flight_together_both_succeed_only_when_creating_is_not_atomic(
        bool atomic,
        int records,
        string statuses)
    {
        // Given
        _marketo.Options.Quirks.CreateIsAtomic = atomic;
        _marketo.Options.Latency = TimeSpan.FromSeconds(2);
        // When
        var first = SyncAsync("""{"action":"createOnly","input":[{"vin":"a"}]}""");
        var second = SyncAsync("""{"action":"createOnly","input":[{"vin":"a"}]}""");
        _marketo.Time.Advance(TimeSpan.FromSeconds(1));
        _marketo.Time.Advance(TimeSpan.FromSeconds(1));
        // Then
        Assert.Equal(statuses, $"{(await first).Status()},{(await second).Status()}");
        Assert.Equal(records, _marketo.Emulator.Count("car_c"));
    }

    [Fact]
    public async Task One_create_after_another_finds_it_even_when_creating_is_not_atomic()
    {
        // Given
        _marketo.Options.Quirks.CreateIsAtomic = false;
        // When
        var statuses = new[]
        {
            (await SyncAsync("""{"action":"createOnly","input":[{"vin":"a"}]}""")).Status(),
            (await SyncAsync("""{"action":"createOnly","input":[{"vin":"a"}]}""")).Status(),
            (await SyncAsync("""{"input":[{"vin":"b"},{"vin":"b"}]}""")).Status(1),
        };
        // Then
        Assert.Equal(["created", "1017", "updated"], statuses);
    }

    [Fact]
    public async Task The_journal_tells_every_write_in_order()
    {
        // Given
        _marketo.Options.KeepJournal = true;
        // When
        await SyncAsync("""{"input":[{"vin":"a","color":"red"},{"vin":"b"}]}""");
        await SyncAsync("""{"input":[{"vin":"a","color":"blue"},{"vin":"a","nope":1}]}""");
        await _marketo.PostAsync("/rest/v1/customobjects/car_c/delete.json", """{"deleteBy":"dedupeFields","input":[{"vin":"a"}]}""");
        // Then
        Assert.Equal(
            [(2L, 0, WriteKind.Created, "red"), (3, 0, WriteKind.Updated, "blue"), (4, 0, WriteKind.Deleted, "blue")],
            _marketo.Emulator.Sent("car_c", "a").Select(write => (write.CallNumber, write.Seq, write.Kind, write.Record["color"])));
        Assert.Equal(4, _marketo.Emulator.Journal.Count);
    }

    private Task<JsonElement> SyncAsync(string body) => _marketo.PostAsync(Cars, body);
}
