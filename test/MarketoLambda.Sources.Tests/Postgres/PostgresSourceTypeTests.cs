using MarketoLambda.Sources.Postgres;
using MarketoLambda.Sync.JobFiles;
using MarketoLambda.Sync.Jobs;
using MarketoLambda.Sync.Settings;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Time.Testing;

namespace MarketoLambda.Sources.Tests.Postgres;

public sealed class PostgresSourceTypeTests
{
    private const string Good =
        "\"connection\": \"warehouse\", \"table\": \"crm.product\", \"cursor\": \"updated_at\", \"id\": [\"id\", \"line\"]";

    [Fact]
    public void Section_is_read_with_its_defaults()
    {
        // When
        var source = Read(
            $"{Good}, \"timeZone\": \"Europe/Berlin\", \"lagSeconds\": 0, \"lookbackMinutes\": 10080, \"fullPassEveryDays\": 30"
        ).Source;

        // Then
        Assert.Equal("crm.product of the PostgreSQL connection \"warehouse\"", source.Description);
        Assert.True(source.HasCursor);
        Assert.Equal("Europe/Berlin", source.Conventions.TimeZone.Id);
    }

    [Theory]
    [InlineData("\"table\": \"product\", \"cursor\": \"c\", \"id\": \"i\"", "source lacks \"connection\"")]
    [InlineData(
        "\"connection\": \"other\", \"table\": \"product\", \"cursor\": \"c\", \"id\": \"i\"",
        "source.connection is \"other\", but the setting Connections__other__ConnectionString is missing"
    )]
    [InlineData(
        "\"connection\": \"broken\", \"table\": \"product\", \"cursor\": \"c\", \"id\": \"i\"",
        "source.connection is \"broken\", but the setting Connections__broken__ConnectionString has the keyword \"pasword\", which Npgsql "
            + "does not know (did you mean \"Password\"?)"
    )]
    [InlineData(
        "\"connection\": \"hostless\", \"table\": \"product\", \"cursor\": \"c\", \"id\": \"i\"",
        "source.connection is \"hostless\", but the setting Connections__hostless__ConnectionString names no host; write it like "
            + "\"Host=db.example.com;Database=crm;Username=reader;Password=…;SSL Mode=VerifyFull\""
    )]
    [InlineData(
        "\"connection\": \"warehouse\", \"cursor\": \"c\", \"id\": \"i\"",
        "source.table is missing: name what to read there, or write a \"query\""
    )]
    [InlineData(
        "\"connection\": \"warehouse\", \"table\": \"product\", \"query\": \"select 1\", \"cursor\": \"c\", \"id\": \"i\"",
        "source.query stands beside \"table\"; keep one of the two"
    )]
    [InlineData("\"connection\": \"warehouse\", \"table\": \"product\", \"id\": \"i\"", "source lacks \"cursor\"")]
    [InlineData("\"connection\": \"warehouse\", \"table\": \"product\", \"cursor\": \"c\"", "source lacks \"id\"")]
    [InlineData(
        $"{Good}, \"timeZone\": \"Mars/Olympus\"",
        "source.timeZone is not a known time zone; use an IANA name such as Europe/Berlin"
    )]
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

    [Theory]
    [InlineData(
        "postgres://reader:hush@db/crm",
        "is an address, and Npgsql takes keywords; write it like \"Host=db.example.com;Database=crm;Username=reader;Password=…;SSL "
            + "Mode=VerifyFull\""
    )]
    [InlineData(
        "Host=db;Password=ab;hush=1",
        "has a keyword that Npgsql does not know, the third one; a value with a semicolon in it must stand in double quotes"
    )]
    [InlineData(
        "Host=db;Password=ab;hush",
        "is no list of keywords and values; write it like \"Host=db.example.com;Database=crm;Username=reader;Password=…;SSL "
            + "Mode=VerifyFull\""
    )]
    [InlineData("Host=db;sslmod=require", "has the keyword \"sslmod\", which Npgsql does not know (did you mean \"SSL Mode\"?)")]
    [InlineData(
        "Host=db;SSL Mode=hush",
        "has a value for \"ssl mode\" that Npgsql does not take: it is one of Disable, Allow, Prefer, Require, VerifyCA, VerifyFull"
    )]
    [InlineData("Host=db;Port=hush", "has a value for \"port\" that Npgsql does not take")]
    [InlineData("Host=db;Username=u;Password=hush;sslmode=VerifyFull", null)]
    public void Connection_string_that_is_wrong_is_told_without_its_values(string text, string? expected)
    {
        // When
        var mistake = ConnectionText.Mistake(text);

        // Then
        Assert.Equal(expected, mistake);
    }

    [Theory]
    [InlineData("Host=db.example.com;Password=hush", "Prefer")]
    [InlineData("Host=db.example.com;SSL Mode=Disable", "Disable")]
    [InlineData("Host=localhost,10.0.0.1", "Prefer")]
    [InlineData("Host=db.example.com;SSL Mode=Require", null)]
    [InlineData("Host=db.example.com;SSL Mode=VerifyFull", null)]
    [InlineData("Host=127.0.0.1", null)]
    [InlineData("Host=/var/run/postgresql", null)]
    public void Connection_that_may_be_made_without_tls_to_elsewhere_is_told_to_whoever_checks_the_job(string text, string? mode)
    {
        // When
        PostgresSource source = new(
            new PostgresOptions
            {
                Connection = new PostgresConnection("warehouse", text),
                Relation = Relation.OfTable("product"),
                Cursor = "c",
                Ids = ["i"],
            }
        );

        // Then
        string[] expected = mode is null
            ? []
            :
            [
                $"the connection \"warehouse\" does not insist on TLS (\"SSL Mode\" is {mode}), so password and rows may travel in clear "
                    + "text; set \"SSL Mode=VerifyFull\" in the setting Connections__warehouse__ConnectionString",
            ];
        Assert.Equal(expected, source.Advice);
    }

    [Theory]
    [InlineData("Host=db", 300)]
    [InlineData("Host=db;Command Timeout=7", 7)]
    public void Statement_may_take_five_minutes_unless_the_connection_says_otherwise(string text, int seconds) =>
        Assert.Equal(seconds, new PostgresConnection("warehouse", text).TimeoutSeconds);

    private static SyncJob Read(string section)
    {
        var settings = new ConfigurationBuilder()
            .AddInMemoryCollection([
                new("Connections:warehouse:ConnectionString", "Host=db;Username=reader;Password=hush"),
                new("Connections:broken:ConnectionString", "Host=db;Pasword=hush"),
                new("Connections:hostless:ConnectionString", "Password=hush"),
            ])
            .Build();
        return JobFile.Parse(
            $$"""{ "jobs": { "product_c": { "source": { "type": "postgres", {{section}} }, "key": "sku", "fields": { "sku": "id" } } } }""",
            "jobs.json",
            SourceTypes.All(settings, new FakeTimeProvider())
        )[0];
    }
}
