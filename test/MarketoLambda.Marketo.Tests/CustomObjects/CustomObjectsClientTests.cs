using System.Text;
using MarketoLambda.Marketo.Calls;
using MarketoLambda.Marketo.Records;

namespace MarketoLambda.Marketo.Tests.CustomObjects;

public sealed class CustomObjectsClientTests
{
    private static EncodedRecord Record(string json) => new(Encoding.UTF8.GetBytes(json));

    [Fact]
    public void Describe_reads_names_and_fields()
    {
        // Given
        using var client = new MarketoUnderTest();
        client.Marketo.Then("""
            {"requestId":"1495b#15a46590a99","result":[{"name":"smartphone_c","displayName":"Smartphone","idField":"marketoGUID",
            "dedupeFields":["model"],"searchableFields":[["model"],["marketoGUID"]],"fields":[
            {"name":"createdAt","displayName":"Created At","dataType":"datetime","updateable":false},
            {"name":"model","displayName":"Model","dataType":"string","length":255,"updateable":true}]}],"success":true}
            """);

        // When
        var described = client.Run(() => client.Objects.DescribeAsync("smartphone_c", CancellationToken.None));

        // Then
        Assert.NotNull(described);
        Assert.Equal(("smartphone_c", "Smartphone"), (described.Name, described.DisplayName));
        Assert.Equal(["model"], described.DedupeFields);
        Assert.Equal(new RecordField("model", "Model", "string", Length: 255, IsUpdateable: true), described.FindField("MODEL"));
        Assert.False(described.FindField("createdAt")!.IsUpdateable);
        var call = Assert.Single(client.Marketo.Calls);
        Assert.Equal("https://123-abc-456.mktorest.com/rest/v1/customobjects/smartphone_c/describe.json", call.Url);
        Assert.Equal("Bearer token-1:int", call.Authorization);
    }

    [Fact]
    public void Query_reads_records_whatever_the_casing_of_their_fields()
    {
        // Given
        using var client = new MarketoUnderTest();
        client.Marketo.Then(
            """{"requestId":"a#1","result":[{"seq":0,"marketoGUID":"g-1","vIN":"v1","updatedAt":"2026-01-01T00:00:00Z"}],"success":true}"""
        );

        // When
        var records = client.Run(() => client.Objects.QueryAsync("car_c", "vin", ["v1", "v&2"], ["vin"], CancellationToken.None));

        // Then
        var record = Assert.Single(records);
        Assert.Equal("g-1", record.Id);
        Assert.Equal("v1", record.Fields["VIN"].GetString());
        Assert.False(record.Fields.ContainsKey("seq"));
        Assert.Equal(
            "https://123-abc-456.mktorest.com/rest/v1/customobjects/car_c.json?filterType=vin&filterValues=v1%2Cv%262&fields=marketoGUID%2Cvin&batchSize=300",
            Assert.Single(client.Marketo.Calls).Url);
    }

    [Theory]
    [InlineData(SyncAction.CreateOrUpdate, DedupeBy.DedupeFields, 1)]
    [InlineData(SyncAction.CreateOnly, DedupeBy.DedupeFields, 2)]
    [InlineData(SyncAction.UpdateOnly, DedupeBy.IdField, 300)]
    public void Sync_request_size_equals_the_content_length(SyncAction action, DedupeBy dedupeBy, int count)
    {
        // Given
        using var client = new MarketoUnderTest();
        var records = Enumerable.Range(0, count).Select(i => Record($$"""{"key":"kü-{{i}}"}""")).ToList();
        client.Marketo.Then(
            $$"""{"requestId":"a#1","result":[{{string.Join(',', Enumerable.Range(0, count).Select(i => $$"""{"seq":{{i}},"status":"updated","marketoGUID":"g"}"""))}}],"success":true}"""
        );

        // When
        client.Run(() => client.Objects.SyncAsync("car_c", action, dedupeBy, records, CallPurpose.State, CancellationToken.None));

        // Then
        var call = Assert.Single(client.Marketo.Calls);
        Assert.Equal(call.ContentLength, SyncRequestSize.Measure(action, dedupeBy, count, records.Sum(record => (long)record.Json.Length)));
        Assert.Equal(call.ContentLength, Encoding.UTF8.GetByteCount(call.Body));
    }

    [Fact]
    public void Sync_tells_what_became_of_each_record()
    {
        // Given
        using var client = new MarketoUnderTest();
        client.Marketo.Then("""
            {"requestId":"a#1","result":[{"seq":0,"marketoGUID":"g-0","status":"created"},{"seq":1,"status":"skipped","reasons":[{"code":"1006","message":"Field 'x' not found"}]}],"success":true}
            """);

        // When
        var results = client.Run(() =>
            client.Objects.SyncAsync(
                "car_c",
                SyncAction.CreateOrUpdate,
                DedupeBy.DedupeFields,
                [Record("""{"vin":"a"}"""), Record("""{"x":1}""")],
                CallPurpose.State,
                CancellationToken.None));

        // Then
        Assert.Equal([RecordStatus.Created, RecordStatus.Skipped], results.Select(result => result.Status));
        Assert.Equal("g-0", results[0].Id);
        Assert.Equal(new MarketoReason("1006", "Field 'x' not found"), Assert.Single(results[1].Reasons));
        var call = Assert.Single(client.Marketo.Calls);
        Assert.Equal("""{"action":"createOrUpdate","dedupeBy":"dedupeFields","input":[{"vin":"a"},{"x":1}]}""", call.Body);
        Assert.StartsWith("application/json", call.ContentType, StringComparison.Ordinal);
    }
}
