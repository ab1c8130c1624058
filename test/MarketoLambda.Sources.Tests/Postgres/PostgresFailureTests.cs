using MarketoLambda.Sources.Postgres;
using MarketoLambda.Sources.Tests.Passes;
using MarketoLambda.Sync.Sources;
using MarketoLambda.Testing;
using Npgsql;

namespace MarketoLambda.Sources.Tests.Postgres;

/// <summary>A server that refuses the connection or the table, or fails between two pages.</summary>
public sealed class PostgresFailureTests(PostgresFixture server)
{
    [Theory]
    [InlineData(
        "Username",
        "nobody",
        "does not know the user \"nobody\", or does not let it in from here; correct the setting Connections__warehouse__ConnectionString"
    )]
    [InlineData("Username", "outsider", "lets the user \"outsider\" in with TLS only, or not at all; set \"SSL Mode=VerifyFull\"")]
    [InlineData(
        "Password",
        "wrong",
        "refused the password of the user \"locked\"; correct it in the setting Connections__warehouse__ConnectionString"
    )]
    [InlineData(
        "Password",
        "",
        "asks for a password, and the setting Connections__warehouse__ConnectionString has none; add \"Password=…\" to it"
    )]
    [InlineData("Database", "nothing", "The database of the connection \"warehouse\" does not exist")]
    [InlineData("Port", "1", "cannot be reached; check host and port in the setting Connections__warehouse__ConnectionString")]
    [InlineData(
        "Host",
        "no-such-host.invalid",
        "cannot be reached; check host and port in the setting Connections__warehouse__ConnectionString"
    )]
    [InlineData(
        "SSL Mode",
        "Require",
        "speaks no TLS, and \"SSL Mode\" in the setting Connections__warehouse__ConnectionString asks for it"
    )]
    public async Task Connection_that_cannot_be_made_is_told_without_its_secrets(string setting, string value, string expected)
    {
        // Given
        var database = await server.CreateDatabaseAsync(
            Table,
            $"do $$ begin create role {PostgresServer.Locked} login password '{PostgresServer.Password}'; exception when duplicate_object "
                + "then null; end $$"
        );
        NpgsqlConnectionStringBuilder connection = new(database.Connection)
        {
            Username = PostgresServer.Locked,
            Password = PostgresServer.Password,
        };
        connection[setting] = value.Length > 0 ? value : null;

        // When
        var refusal = await new Database(connection.ConnectionString).RefusalAsync();

        // Then
        Assert.Contains(expected, refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(PostgresServer.Password, refusal.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("127.0.0.1", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("product", "GRANT SELECT ON \"product\" TO \"locked\"")]
    [InlineData("crm.product", "GRANT SELECT ON \"crm\".\"product\" TO \"locked\", and GRANT USAGE ON SCHEMA \"crm\" TO \"locked\"")]
    public async Task Table_that_may_not_be_read_is_told_with_what_to_grant(string name, string grant)
    {
        // Given
        var database = await server.CreateDatabaseAsync(
            Table,
            "create schema crm",
            "create table crm.product as select * from product",
            $"do $$ begin create role {PostgresServer.Locked} login password '{PostgresServer.Password}'; exception when duplicate_object "
                + "then null; end $$"
        );
        NpgsqlConnectionStringBuilder connection = new(database.Connection)
        {
            Username = PostgresServer.Locked,
            Password = PostgresServer.Password,
        };

        // When
        var refusal = await new Database(connection.ConnectionString).RefusalAsync(options =>
            options with
            {
                Relation = Relation.OfTable(name),
            }
        );

        // Then
        Assert.Equal($"The user \"locked\" of the connection \"warehouse\" may not read {name}; {grant}", refusal.Message);
    }

    [Theory]
    [InlineData(
        "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'marketo-lambda' and datname = current_database()",
        "the connection",
        null
    )]
    [InlineData(
        "drop table product",
        "The table product is gone; restore it, or correct \"table\" in the job file; what was imported before stands",
        "create table product (id int primary key, changed timestamptz not null)"
    )]
    [InlineData(
        "alter table product drop column id",
        "product names a column that does not exist, or not any more; compare the job file with the table",
        "alter table product add id int"
    )]
    public async Task Whatever_happens_between_two_pages_is_told_and_the_position_before_it_stands(
        string accident,
        string expected,
        string? repair)
    {
        // Given
        var database = await server.CreateDatabaseAsync(
            "create table product (id int primary key, changed timestamptz not null)",
            $"insert into product select n, timestamptz '2026-01-01' from generate_series(1, {PostgresPage.MaxRows + 5}) n");
        var pooled = new Database(
            new NpgsqlConnectionStringBuilder(database.Connection) { Pooling = true, ApplicationName = "marketo-lambda" }.ConnectionString);
        await using var reader = await pooled
            .Source()
            .OpenAsync(new ReadRequest(Checkpoint.Start, ["id"], 1000), TestContext.Current.CancellationToken);
        await reader.ReadAsync(TestContext.Current.CancellationToken);
        await database.ExecuteAsync(accident);

        // When
        var refusal = await Assert.ThrowsAsync<SourceException>(async () =>
        {
            while (await reader.ReadAsync(TestContext.Current.CancellationToken) is not null)
            {
                // until the second page is needed
            }
        });
        await database.ExecuteAsync(repair ?? "select 1");

        // Then
        Assert.Contains(expected, refusal.Message, StringComparison.OrdinalIgnoreCase);
        Assert.Contains($"\"id\":\"{PostgresPage.MaxRows - 1}\"", reader.Position.Resume, StringComparison.Ordinal);
        if (repair is null)
        {
            Assert.Equal(6, (await database.Source().ReadAsync(reader.Position)).Items.Ids().Length);
        }
    }

    private const string Table = "create table product (id int primary key, changed timestamptz not null, name text, props json)";
}
