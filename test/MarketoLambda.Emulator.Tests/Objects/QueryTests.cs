using System.Text.Json;

namespace MarketoLambda.Emulator.Tests.Objects;

public sealed class QueryTests : IAsyncLifetime
{
    private const string Cars = "/rest/v1/customobjects/car_c.json";

    private SubscriptionUnderTest _marketo = new();
    private Guid _first;

    public async ValueTask InitializeAsync()
    {
        _marketo = await _marketo.WithObjects().SignInAsync();
        _first = _marketo.Emulator.Seed("car_c", """{"vin":"a","color":"red","doors":4}""");
        _marketo.Emulator.Seed("car_c", """{"vin":"b","doors":2}""");
        _marketo.Emulator.Seed("car_c", """{"vin":"c"}""");
    }

    public ValueTask DisposeAsync()
    {
        _marketo.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Rows_come_in_the_order_of_the_filter_with_the_default_fields()
    {
        // When
        var answer = await _marketo.GetAsync($"{Cars}?filterType=vin&filterValues=c,a,zzz,a");
        // Then
        Assert.Equal(["c", "a"], Vins(answer));
        Assert.Equal(["seq", "marketoGUID", "vin", "createdAt", "updatedAt"], answer.Row().Names());
        Assert.Equal(("2026-09-01T12:00:00Z", 1), (answer.Row(1).Text("updatedAt"), answer.Row(1).GetProperty("seq").GetInt32()));
    }

    [Theory]
    [InlineData("vin")]
    [InlineData("VIN")]
    [InlineData("dedupeFields")]
    public async Task The_key_has_three_names(string filterType) =>
        Assert.Equal(["b"], Vins(await _marketo.GetAsync($"{Cars}?filterType={filterType}&filterValues=b")));

    [Theory]
    [InlineData("marketoGUID")]
    [InlineData("idField")]
    [InlineData("marketoGuid")]
    public async Task The_guid_has_two_names(string filterType) =>
        Assert.Equal(["a"], Vins(await _marketo.GetAsync($"{Cars}?filterType={filterType}&filterValues={_first},not-a-guid")));

    [Fact]
    public async Task Asked_for_fields_come_with_the_key_and_without_nulls_and_timestamps()
    {
        // When
        var answer = await _marketo.GetAsync($"{Cars}?filterType=vin&filterValues=a,b&fields=DOORS,color");
        // Then
        Assert.Equal(["seq", "marketoGUID", "doors", "color", "vin"], answer.Row().Names());
        Assert.Equal(["seq", "marketoGUID", "doors", "vin"], answer.Row(1).Names());
    }

    [Fact]
    public async Task Timestamps_come_when_asked_for() =>
        Assert.Equal(
            ["seq", "marketoGUID", "vin", "updatedAt"],
            (await _marketo.GetAsync($"{Cars}?filterType=vin&filterValues=a&fields=updatedAt,marketoGUID")).Row().Names());

    [Theory]
    [InlineData("filterValues=a", "1003", "filterType not specified")]
    [InlineData("filterType=vin", "1003", "filterValues not specified")]
    [InlineData("filterType=color&filterValues=red", "1003", "Invalid filterType 'color'")]
    [InlineData("filterType=createdAt&filterValues=x", "1003", "Invalid filterType 'createdAt'")]
    [InlineData("filterType=vin&filterValues=a&fields=vin,nope", "1006", "Field 'nope' not found")]
    [InlineData("filterType=vin&filterValues=a&batchSize=0", "1003", "Invalid batchSize, 1 to 300 are allowed")]
    [InlineData("filterType=vin&filterValues=a&batchSize=301", "1003", "Invalid batchSize, 1 to 300 are allowed")]
    [InlineData("filterType=vin&filterValues=a&batchSize=x", "1003", "Invalid batchSize, 1 to 300 are allowed")]
    [InlineData("filterType=vin&filterValues=a&nextPageToken=x", "1003", "Invalid nextPageToken")]
    public async Task A_wrong_query_is_refused(string query, string code, string message)
    {
        // When
        var answer = await _marketo.GetAsync($"{Cars}?{query}");
        // Then
        Assert.Equal((code, message), (answer.Code(), answer.Message()));
    }

    [Fact]
    public async Task More_than_300_values_are_refused()
    {
        // Given
        var values = string.Join(',', Enumerable.Range(0, 301));
        // When
        var answer = await _marketo.GetAsync($"{Cars}?filterType=vin&filterValues={values}");
        // Then
        Assert.Equal("1003", answer.Code());
    }

    [Fact]
    public async Task Nothing_found_is_success()
    {
        // When
        var answer = await _marketo.GetAsync($"{Cars}?filterType=vin&filterValues=zzz");
        // Then
        Assert.Equal(("ok", 0), (answer.Code(), answer.Rows()));
        Assert.False(answer.TryGetProperty("moreResult", out _));
    }

    [Fact]
    public async Task Pages_hold_everything_once()
    {
        // Given
        var uri = $"{Cars}?filterType=vin&filterValues=a,b,c&batchSize=2";
        // When
        var first = await _marketo.GetAsync(uri);
        var second = await _marketo.GetAsync($"{uri}&nextPageToken={first.Text("nextPageToken")}");
        // Then
        Assert.Equal(["a", "b"], Vins(first));
        Assert.Equal(["c"], Vins(second));
        Assert.True(first.GetProperty("moreResult").GetBoolean());
        Assert.Equal(["requestId", "result", "success"], second.Names());
    }

    [Theory]
    [InlineData("""{"filterType":"vin","input":[{"vin":"c"},{"vin":"a"}]}""", "c,a")]
    [InlineData("""{"filterType":"dedupeFields","input":[{"VIN":"b"}]}""", "b")]
    [InlineData("""{"input":[{"vin":"b"}]}""", "b")]
    [InlineData("""{"input":[{"vin":"a"},{"vin":"b"}],"batchSize":1}""", "a")]
    public async Task A_query_may_come_as_json(string body, string vins) =>
        Assert.Equal(vins.Split(','), Vins(await _marketo.PostAsync($"{Cars}?_method=GET", body)));

    [Fact]
    public async Task A_json_query_by_guid_takes_fields()
    {
        // When
        var answer = await _marketo.PostAsync(
            $"{Cars}?_method=GET",
            $$"""{"filterType":"idField","fields":["doors"],"input":[{"marketoGUID":"{{_first}}"}]}""");
        // Then
        Assert.Equal(["seq", "marketoGUID", "doors", "vin"], answer.Row().Names());
        Assert.Equal("query", _marketo.LastCall.Kind.Name);
    }

    [Fact]
    public async Task A_query_may_come_as_a_form()
    {
        // When
        var answer = await _marketo.PostAsync(
            $"{Cars}?_method=GET",
            "filterType=vin&filterValues=a%2Cb&fields=color",
            "application/x-www-form-urlencoded");
        // Then
        Assert.Equal(["a", "b"], Vins(answer));
    }

    [Fact]
    public async Task A_query_in_a_body_of_unknown_type_gets_612() =>
        Assert.Equal("612", (await _marketo.PostAsync($"{Cars}?_method=GET", "filterType=vin", "text/plain")).Code());

    [Fact]
    public async Task A_compound_key_is_found_as_json_and_only_whole()
    {
        // Given
        const string Bookings = "/rest/v1/customobjects/booking_c.json";
        _marketo.Emulator.Seed("booking_c", """{"customer":"x","room":"1"}""");
        _marketo.Emulator.Seed("booking_c", """{"customer":"x","room":"2","nights":2}""");
        // When
        var found = await _marketo.PostAsync(
            $"{Bookings}?_method=GET",
            """{"filterType":"dedupeFields","fields":["nights"],"input":[{"room":"2","customer":"x"}]}""");
        var part = await _marketo.PostAsync($"{Bookings}?_method=GET", """{"filterType":"dedupeFields","input":[{"room":"2"}]}""");
        var single = await _marketo.GetAsync($"{Bookings}?filterType=customer&filterValues=x");
        // Then
        Assert.Equal(["seq", "marketoGUID", "nights", "customer", "room"], found.Row().Names());
        Assert.Equal(("1003", "1003"), (part.Code(), single.Code()));
    }

    [Fact]
    public async Task A_link_field_is_searchable_and_shown()
    {
        // Given
        _marketo.Emulator.AddLead(7);
        _marketo.Emulator.Seed("course_c", """{"courseId":"x","leadId":7}""");
        _marketo.Emulator.Seed("course_c", """{"courseId":"y","leadId":7}""");
        // When
        var answer = await _marketo.GetAsync("/rest/v1/customobjects/course_c.json?filterType=leadId&filterValues=7");
        // Then
        Assert.Equal(2, answer.Rows());
        Assert.Equal(["seq", "marketoGUID", "courseId", "leadId", "createdAt", "updatedAt"], answer.Row().Names());
    }

    [Fact]
    public async Task Two_records_of_one_key_are_both_found()
    {
        // Given
        _marketo.Emulator.Seed("car_c", """{"vin":"a"}""");
        // When
        var answer = await _marketo.GetAsync($"{Cars}?filterType=vin&filterValues=a,b");
        // Then
        Assert.Equal(["a", "a", "b"], Vins(answer));
    }

    [Fact]
    public async Task Queries_lag_behind_writes_by_the_read_lag()
    {
        // Given
        _marketo.Options.Quirks.ReadLag = TimeSpan.FromSeconds(5);
        await _marketo.PostAsync(Cars, """{"input":[{"vin":"a","color":"blue"},{"vin":"d"}]}""");
        await _marketo.PostAsync("/rest/v1/customobjects/car_c/delete.json", """{"deleteBy":"dedupeFields","input":[{"vin":"b"}]}""");
        // When
        _marketo.Time.Advance(TimeSpan.FromSeconds(4.9));
        var before = await _marketo.GetAsync($"{Cars}?filterType=vin&filterValues=a,b,d&fields=color");
        _marketo.Time.Advance(TimeSpan.FromSeconds(0.1));
        var after = await _marketo.GetAsync($"{Cars}?filterType=vin&filterValues=a,b,d&fields=color");
        // Then
        Assert.Equal(["a", "b"], Vins(before));
        Assert.Equal(["a", "d"], Vins(after));
        Assert.Equal(("red", "blue"), (before.Row().Text("color"), after.Row().Text("color")));
    }

    [Fact]
    public async Task Writes_see_the_present_whatever_the_read_lag()
    {
        // Given
        _marketo.Options.Quirks.ReadLag = TimeSpan.FromSeconds(5);
        // When
        var created = await _marketo.PostAsync(Cars, """{"action":"createOnly","input":[{"vin":"d"}]}""");
        var again = await _marketo.PostAsync(Cars, """{"action":"createOnly","input":[{"vin":"d"}]}""");
        // Then
        Assert.Equal(("created", "1017"), (created.Status(), again.Status()));
    }

    private static string?[] Vins(JsonElement answer) => [.. answer.GetProperty("result").EnumerateArray().Select(row => row.Text("vin"))];
}
