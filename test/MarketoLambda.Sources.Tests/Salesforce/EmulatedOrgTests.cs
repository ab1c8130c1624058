using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using MarketoLambda.Testing.Salesforce;
using Microsoft.Extensions.Time.Testing;

namespace MarketoLambda.Sources.Tests.Salesforce;

/// <summary>The organisation as any client sees it, compared with Salesforce's documentation.</summary>
public sealed class EmulatedOrgTests : IDisposable
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 4, 12, 0, 0, TimeSpan.Zero));
    private readonly EmulatedOrg _org;
    private readonly OrgObject _assets;
    private readonly HttpClient _http;

    public EmulatedOrgTests()
    {
        _org = new EmulatedOrg(_time, new OrgOptions { PageSize = 2 });
        _assets = _org.Define("Asset", "02i", new OrgField("Name", "string"), new OrgField("Quantity", "double"));
        _http = new HttpClient(_org.CreateHandler()) { BaseAddress = _org.Options.Address };
    }

    public void Dispose() => _http.Dispose();

    [Fact]
    public async Task Pages_follow_their_locator_until_it_is_done()
    {
        // Given
        await LogInAsync();
        Put(5);
        // When
        var first = await GetAsync("/services/data/v62.0/query?q=SELECT+Id,Quantity+FROM+Asset+ORDER+BY+Id");
        var second = await GetAsync((string)first["nextRecordsUrl"]!);
        var third = await GetAsync((string)second["nextRecordsUrl"]!);
        // Then
        Assert.Equal((5, false), ((int)first["totalSize"]!, (bool)first["done"]!));
        Assert.Equal(
            """{"attributes":{"type":"Asset","url":"/services/data/v62.0/sobjects/Asset/02i000000000001AAA"},"Id":"02i000000000001AAA","Quantity":1.0}""",
            first["records"]![0]!.ToJsonString());
        Assert.True((bool)third["done"]!);
        Assert.Null(third["nextRecordsUrl"]);
    }

    [Fact]
    public async Task A_locator_dies_with_its_time_with_its_session_and_of_ten_newer_ones()
    {
        // Given
        Put(5);
        async Task<string> OpenAsync() => (string)(await GetAsync("/services/data/v62.0/query?q=SELECT+Id+FROM+Asset"))["nextRecordsUrl"]!;
        await LogInAsync();
        var slow = await OpenAsync();
        _time.Advance(TimeSpan.FromMinutes(15));
        var old = await OpenAsync();
        for (var others = 0; others < 10; others++)
        {
            await OpenAsync();
        }

        var last = await OpenAsync();
        // When
        var codes = new[] { await CodeAsync(slow), await CodeAsync(old) };
        await LogInAsync();
        var ofOtherSession = await CodeAsync(last);
        // Then
        Assert.Equal(["INVALID_QUERY_LOCATOR", "INVALID_QUERY_LOCATOR"], codes);
        Assert.Equal("INVALID_SESSION_ID", ofOtherSession);
    }

    [Theory]
    [InlineData("SELECT Id FROM Asset WHERE Name = 'a' AND Id != null OR Id = null", "MALFORMED_QUERY", "Column:54")]
    [InlineData("SELECT Id, Id FROM Asset", "MALFORMED_QUERY", "duplicate field selected: Id")]
    [InlineData("SELECT Id FROM Assets", "INVALID_TYPE", "sObject type 'Assets' is not supported")]
    [InlineData("SELECT Nam FROM Asset", "INVALID_FIELD", "No such column 'Nam' on entity 'Asset'")]
    [InlineData("SELECT Account.Name FROM Asset", "INVALID_FIELD", "Didn't understand relationship 'Account'")]
    [InlineData("SELECT Id FROM Asset WHERE Name LIKE 'a'", "MALFORMED_QUERY", "unexpected token: 'LIKE'")]
    public async Task What_it_does_not_understand_it_refuses_with_the_place(string soql, string code, string message)
    {
        // Given
        await LogInAsync();
        // When
        using var response = await _http.GetAsync(new Uri($"/services/data/v62.0/query?q={Uri.EscapeDataString(soql)}", UriKind.Relative));
        var error = JsonNode.Parse(await response.Content.ReadAsStringAsync())![0]!;
        // Then
        Assert.Equal((HttpStatusCode.BadRequest, code), (response.StatusCode, (string?)error["errorCode"]));
        Assert.Contains(message, (string?)error["message"], StringComparison.Ordinal);
        Assert.Contains("ERROR at Row:1:Column:", (string?)error["message"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_deleted_record_is_seen_by_queryAll_with_the_stamp_of_its_deletion()
    {
        // Given
        await LogInAsync();
        Put(1);
        _time.Advance(TimeSpan.FromMinutes(1));
        _assets.Delete(1);
        // When
        var query = await GetAsync("/services/data/v62.0/query?q=SELECT+Id+FROM+Asset");
        var all = await GetAsync("/services/data/v62.0/queryAll?q=SELECT+Name,IsDeleted,SystemModstamp+FROM+Asset");
        // Then
        Assert.Empty(query["records"]!.AsArray());
        Assert.Equal(
            ("a1", true, "2026-11-04T12:01:00.000+0000"),
            ((string?)all["records"]![0]!["Name"], (bool)all["records"]![0]!["IsDeleted"]!, (string?)all["records"]![0]!["SystemModstamp"])
        );
    }

    [Fact]
    public async Task A_record_is_stamped_when_its_transaction_begins_and_seen_when_it_ends()
    {
        // Given
        await LogInAsync();
        _assets.Put(1, new Dictionary<string, object?> { ["Name"] = "late" }, commitsAfter: TimeSpan.FromMinutes(8));
        // When
        var before = await GetAsync("/services/data/v62.0/query?q=SELECT+COUNT()+FROM+Asset");
        _time.Advance(TimeSpan.FromMinutes(8));
        var after = await GetAsync("/services/data/v62.0/query?q=SELECT+SystemModstamp+FROM+Asset");
        // Then
        Assert.Equal(0, (int)before["totalSize"]!);
        Assert.Equal("2026-11-04T12:00:00.000+0000", (string?)after["records"]![0]!["SystemModstamp"]);
    }

    private void Put(int count)
    {
        for (var number = 1; number <= count; number++)
        {
            _assets.Put(number, new Dictionary<string, object?> { ["Name"] = $"a{number}", ["Quantity"] = (double)number });
        }
    }

    private async Task LogInAsync()
    {
        using FormUrlEncodedContent form = new([
            new("grant_type", "client_credentials"),
            new("client_id", OrgOptions.DefaultClientId),
            new("client_secret", OrgOptions.DefaultClientSecret),
        ]);
        using var response = await _http.PostAsync(new Uri("/services/oauth2/token", UriKind.Relative), form);
        var token = JsonNode.Parse(await response.Content.ReadAsStringAsync())!["access_token"];
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", (string?)token);
    }

    private async Task<JsonNode> GetAsync(string path)
    {
        using var response = await _http.GetAsync(new Uri(path, UriKind.Relative));
        Assert.Equal(_time.GetUtcNow(), response.Headers.Date);
        return JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
    }

    private async Task<string?> CodeAsync(string path) =>
        (await GetAsync(path)) is JsonArray errors ? (string?)errors[0]!["errorCode"] : null;
}
