using MarketoLambda.Sync.Jobs;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Time.Testing;

namespace MarketoLambda.Sources.Tests.Postgres;

public sealed class PostgresSourceTypeTests
{
    private const string Good = "\"connection\": \"warehouse\", \"table\": \"crm.product\", \"cursor\": \"updated_at\", \"id\": [\"id\", \"line\"]";

    [Fact]
    public void Section_is_read_with_its_defaults()
    {
        // When
        var source = Read($"{Good}, \"timeZone\": \"Europe/Berlin\", \"lagSeconds\": 0, \"lookbackMinutes\": 10080, \"fullPassEveryDays\": 30").Source;

        // Then
        Assert.Equal("crm.product of the PostgreSQL connection \"warehouse\"", source.Description);
        Assert.True(source.HasStamps);
        Assert.Equal("Europe/Berlin", source.Conventions.TimeZone.Id);
    }

    [Theory]
    [InlineData("\"table\": \"product\", \"cursor\": \"c\", \"id\": \"i\"", "source lacks \"connection\"")]
    [InlineData("\"connection\": \"other\", \"table\": \"product\", \"cursor\": \"c\", \"id\": \"i\"", "source.connection is \"other\", but the setting Connections__other__ConnectionString is missing")]
    [InlineData("\"connection\": \"broken\", \"table\": \"product\", \"cursor\": \"c\", \"id\": \"i\"", "source.connection is \"broken\", but the setting Connections__broken__ConnectionString is no connection string with a host; write it like \"Host=db.example.com;Database=crm;Username=reader;Password=…;SSL Mode=VerifyFull\"")]
    [InlineData("\"connection\": \"hostless\", \"table\": \"product\", \"cursor\": \"c\", \"id\": \"i\"", "source.connection is \"hostless\", but the setting Connections__hostless__ConnectionString is no connection string with a host; write it like \"Host=db.example.com;Database=crm;Username=reader;Password=…;SSL Mode=VerifyFull\"")]
    [InlineData("\"connection\": \"warehouse\", \"cursor\": \"c\", \"id\": \"i\"", "source.table is missing: name what to read there, or write a \"query\"")]
    [InlineData("\"connection\": \"warehouse\", \"table\": \"product\", \"query\": \"select 1\", \"cursor\": \"c\", \"id\": \"i\"", "source.query stands beside \"table\"; keep one of the two")]
    [InlineData("\"connection\": \"warehouse\", \"table\": \"product\", \"id\": \"i\"", "source lacks \"cursor\"")]
    [InlineData("\"connection\": \"warehouse\", \"table\": \"product\", \"cursor\": \"c\"", "source lacks \"id\"")]
    [InlineData($"{Good}, \"timeZone\": \"Mars/Olympus\"", "source.timeZone is not a known time zone; use an IANA name such as Europe/Berlin")]
    [InlineData($"{Good}, \"lagSeconds\": 86401", "source.lagSeconds must be a whole number from 0 to 86400")]
    [InlineData($"{Good}, \"lookbackMinutes\": -1", "source.lookbackMinutes must be a whole number from 0 to 10080")]
    [InlineData($"{Good}, \"fullPassEveryDays\": 0", "source.fullPassEveryDays must be a whole number from 1 to 365")]
    [InlineData($"{Good}, \"lagSecond\": 5", "source has no setting \"lagSecond\" (did you mean \"lagSeconds\"?)")]
    public void Mistakes_are_told_with_place_and_remedy_and_without_the_connection_string(string section, string expected)
    {
        // When
        var refusal = Assert.Throws<JobFileException>(() => Read(section));

        // Then
        Assert.Equal($"jobs.product_c.{expected}", Assert.Single(refusal.Problems).Message);
        Assert.DoesNotContain("hush", refusal.ToString(), StringComparison.Ordinal);
    }

    private static SyncJob Read(string section)
    {
        var settings = new ConfigurationBuilder().AddInMemoryCollection(
        [
            new("Connections:warehouse:ConnectionString", "Host=db;Username=reader;Password=hush"),
            new("Connections:broken:ConnectionString", "Host=db;Pasword=hush"),
            new("Connections:hostless:ConnectionString", "Password=hush"),
        ]).Build();
        return JobFile.Parse($$"""{ "jobs": { "product_c": { "source": { "type": "postgres", {{section}} }, "key": "sku", "fields": { "sku": "id" } } } }""", "jobs.json", SourceTypes.All(settings, new FakeTimeProvider()))[0];
    }
}
