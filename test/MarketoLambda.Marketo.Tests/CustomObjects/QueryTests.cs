using System.Text;

namespace MarketoLambda.Marketo.Tests.CustomObjects;

public sealed class QueryTests
{
    private const string Path = "https://123-abc-456.mktorest.com/rest/v1/customobjects/car_c.json";

    [Fact]
    public void No_values_need_no_call()
    {
        using var client = new MarketoUnderTest();

        Assert.Empty(client.Run(() => client.Objects.QueryAsync("car_c", "vin", [], [], CancellationToken.None)));
        Assert.Empty(client.Marketo.Calls);
    }

    [Fact]
    public void Fields_are_left_to_marketo_when_none_are_named()
    {
        // Given
        using var client = new MarketoUnderTest();

        // When
        client.Run(() => client.Objects.QueryAsync("car_c", "vin", ["a"], [], CancellationToken.None));

        // Then
        Assert.Equal($"{Path}?filterType=vin&filterValues=a&batchSize=300", client.Marketo.Calls[0].Url);
    }

    [Fact]
    public void More_than_300_values_are_asked_for_in_several_calls()
    {
        // Given
        using var client = new MarketoUnderTest();
        client.Marketo.Otherwise = (_, _) =>
            Task.FromResult(ScriptedMarketo.Json("""{"requestId":"a#1","success":true,"result":[{"seq":0,"marketoGUID":"g"}]}"""));

        // When
        var records = client.Run(() => client.QueryAsync([.. Enumerable.Range(0, 601).Select(number => $"{number}")]));

        // Then
        Assert.Equal(
            [300, 300, 1],
            client.Marketo.Calls.Select(call => Uri.UnescapeDataString(call.Url).Split("filterValues=")[1].Split('&')[0].Split(',').Length)
        );
        Assert.Equal(3, records.Count);
    }

    [Fact]
    public void An_address_that_would_be_too_long_becomes_a_form()
    {
        // Given
        using var client = new MarketoUnderTest();
        var values = Enumerable.Range(0, 300).Select(number => $"value & more {number:0000000000}").ToArray();

        // When
        client.Run(() => client.QueryAsync(values));

        // Then
        var call = Assert.Single(client.Marketo.Calls);
        Assert.Equal(("POST", $"{Path}?_method=GET"), (call.Method, call.Url));
        Assert.StartsWith("application/x-www-form-urlencoded", call.ContentType, StringComparison.Ordinal);
        var form = call
            .Body.Split('&')
            .Select(pair => pair.Split('='))
            .ToDictionary(pair => pair[0], pair => Uri.UnescapeDataString(pair[1].Replace('+', ' ')));
        Assert.Equal(["batchSize", "fields", "filterType", "filterValues"], form.Keys.Order());
        Assert.Equal(string.Join(',', values), form["filterValues"]);
        Assert.Equal(("vin", "marketoGUID,vin", "300"), (form["filterType"], form["fields"], form["batchSize"]));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(24)]
    [InlineData(25)]
    [InlineData(26)]
    [InlineData(100)]
    public void No_address_is_longer_than_8_kilobytes(int length)
    {
        // Given
        using var client = new MarketoUnderTest();

        // When
        client.Run(() => client.QueryAsync([.. Enumerable.Range(0, 300).Select(number => $"{number:000}".PadLeft(length, 'ü'))]));

        // Then
        var call = Assert.Single(client.Marketo.Calls);
        Assert.InRange(Encoding.UTF8.GetByteCount(call.Url), 1, 8192);
    }

    [Fact]
    public void A_value_with_a_comma_is_asked_for_as_json_and_the_others_are_not()
    {
        // Given
        using var client = new MarketoUnderTest();

        // When
        client.Run(() => client.QueryAsync("a,b", "c", "d,e"));

        // Then
        Assert.Equal(["GET", "POST"], client.Marketo.Calls.Select(call => call.Method).Order());
        var json = client.Marketo.Calls.Single(call => call.Method == "POST");
        Assert.Equal($"{Path}?_method=GET", json.Url);
        Assert.StartsWith("application/json", json.ContentType, StringComparison.Ordinal);
        Assert.Equal(
            """{"filterType":"dedupeFields","fields":["marketoGUID","vin"],"batchSize":300,"input":[{"vin":"a,b"},{"vin":"d,e"}]}""",
            json.Body);
        Assert.NotNull(json.ContentLength);
    }

    [Fact]
    public void All_pages_are_read()
    {
        // Given
        using var client = new MarketoUnderTest();
        client.Marketo
            .Then("""{"requestId":"a#1","success":true,"result":[{"seq":0,"marketoGUID":"g0"}],"nextPageToken":"P/1=","moreResult":true}""")
            .Then("""{"requestId":"a#1","success":true,"result":[{"seq":0,"marketoGUID":"g1"}],"nextPageToken":"P2","moreResult":true}""")
            .Then("""{"requestId":"a#1","success":true,"result":[{"seq":0,"marketoGUID":"g2"}],"nextPageToken":"P3","moreResult":false}""");

        // When
        var records = client.Run(() => client.QueryAsync("a"));

        // Then
        Assert.Equal(["g0", "g1", "g2"], records.Select(record => record.Id));
        Assert.Equal(
            ["", "P/1=", "P2"],
            client.Marketo.Calls.Select(call => Uri.UnescapeDataString(call.Url.Split("&nextPageToken=").ElementAtOrDefault(1) ?? "")));
    }

    [Fact]
    public void A_key_that_was_not_found_is_no_record()
    {
        // Given
        using var client = new MarketoUnderTest();
        client.Marketo.Then(
            """{"requestId":"a#1","success":true,"result":[{"seq":0,"status":"skipped","reasons":[{"code":"1013","message":"Object not found"}]}]}"""
        );

        // When / Then
        Assert.Empty(client.Run(() => client.QueryAsync("a")));
    }

    [Theory]
    [InlineData("610")]
    [InlineData("702")]
    [InlineData("1013")]
    public void An_unknown_object_is_described_as_null(string code)
    {
        // Given
        using var client = new MarketoUnderTest();
        client.Marketo.ThenError(code).Then(Some.Empty);

        // When / Then
        Assert.Null(client.Run(() => client.Objects.DescribeAsync("none_c", CancellationToken.None)));
        Assert.Null(client.Run(() => client.Objects.DescribeAsync("none_c", CancellationToken.None)));
    }
}
