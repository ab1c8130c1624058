using MarketoLambda.Sources.Postgres;
using MarketoLambda.Sources.Tests.Passes;
using MarketoLambda.Sync.Reading;
using MarketoLambda.Sync.State;
using MarketoLambda.Testing;
using Npgsql;

namespace MarketoLambda.Sources.Tests.Postgres;

public sealed class PostgresRefusalTests(PostgresFixture server)
{
    private const string Table = "create table product (id int primary key, changed timestamptz not null, name text, props json)";

    [Theory]
    [InlineData("product", "chnged", "id", "id", "product has no column \"chnged\" (did you mean \"changed\"?); correct \"cursor\" in the job file")]
    [InlineData("product", "changed", "number", "id", "product has no column \"number\"; it has id, changed, name, props; correct \"id\" in the job file")]
    [InlineData("product", "changed", "id", "Name", "product has no column \"Name\" (did you mean \"name\"?); correct \"fields\" in the job file")]
    [InlineData("prodcut", "changed", "id", "id", "There is no table prodcut (did you mean \"product\"?); correct \"table\" in the job file")]
    [InlineData("crm.product", "changed", "id", "id", "There is no table crm.product, or it is in a schema that has to be named before it; correct \"table\" in the job file")]
    [InlineData("product", "name", "id", "id", "\"name\" of product is of type text, and a cursor must be timestamp, timestamptz or date; name another column in \"cursor\", or write a query that converts it")]
    [InlineData("product", "changed", "props", "id", "product cannot be read in the order of its id: a column of that type cannot be compared; name others in \"id\", or write the query")]
    [InlineData("product", "changed", "name", "id", "product has rows without \"name\", and they cannot be put in order; fill it in and forbid empty values there, or name other columns in \"id\"")]
    public async Task Job_that_does_not_fit_the_table_is_refused_in_a_sentence(string table, string cursor, string id, string column, string expected)
    {
        // Given
        var database = await server.CreateDatabaseAsync(Table, "insert into product values (1, now() - interval '1 min', null, '{}')");

        // When
        var refusal = await database.RefusalAsync(options => options with { Relation = Relation.OfTable(table), Cursor = cursor, Ids = [id] }, column);

        // Then
        Assert.Equal(expected, refusal.Message);
    }

    [Theory]
    [InlineData("delete from product", "The query is no single SELECT statement that can stand in a FROM clause; correct \"query\" in the job file")]
    [InlineData("select 1; select 2", "The query is no single SELECT statement that can stand in a FROM clause; correct \"query\" in the job file")]
    [InlineData("select * from prodcut", "The query names a table that does not exist, or not any more; correct \"query\" in the job file")]
    [InlineData("select nextval('numbers') as id, changed from product", "The query changes something, and only reading is allowed; correct \"query\" in the job file")]
    [InlineData("select name as id, changed from product", "the query has several rows with the same \"id\" and \"changed\", and a run that stops between them would lose one; name columns in \"id\" that make rows unique")]
    [InlineData("select (name || 'x')::int as id, changed from product", "the query cannot be read on from the stored position, or the query converts a value that is none: if the type of an id column was changed, reset the job")]
    [InlineData("select 1 / (id - 1) as id, changed from product", "The server of the connection \"warehouse\" refused to read the query with the code 22012; its log has the words, what was imported before stands, and the next run goes on from there")]
    public async Task Query_that_cannot_be_paged_is_refused_in_a_sentence(string query, string expected)
    {
        // Given
        var database = await server.CreateDatabaseAsync(Table, "create sequence numbers", "insert into product select n, timestamptz '2026-01-01', 'secret' from generate_series(1, 2) n");

        // When
        var refusal = await database.RefusalAsync(options => options with { Relation = Relation.OfQuery(query) });

        // Then
        Assert.Equal(expected, refusal.Message);
        Assert.DoesNotContain("secret", refusal.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Username", "nobody", "refused the login; correct user and password in the setting Connections__warehouse__ConnectionString")]
    [InlineData("Password", "wrong", "refused the login; correct user and password in the setting Connections__warehouse__ConnectionString")]
    [InlineData("Database", "nothing", "The database of the connection \"warehouse\" does not exist")]
    [InlineData("Port", "1", "cannot be reached; check host and port in the setting Connections__warehouse__ConnectionString")]
    [InlineData("Host", "no-such-host.invalid", "cannot be reached; check host and port in the setting Connections__warehouse__ConnectionString")]
    [InlineData("SSL Mode", "Require", "cannot be used as the setting Connections__warehouse__ConnectionString says")]
    public async Task Connection_that_cannot_be_made_is_told_without_its_secrets(string setting, string value, string expected)
    {
        // Given
        var database = await server.CreateDatabaseAsync(Table, $"do $$ begin create role {PostgresServer.Locked} login password '{PostgresServer.Password}'; exception when duplicate_object then null; end $$");
        NpgsqlConnectionStringBuilder connection = new(database.Connection) { Username = PostgresServer.Locked, Password = PostgresServer.Password };
        connection[setting] = value;

        // When
        var refusal = await new Database(connection.ConnectionString).RefusalAsync();

        // Then
        Assert.Contains(expected, refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(PostgresServer.Password, refusal.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("127.0.0.1", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Table_that_may_not_be_read_is_told_with_what_to_grant()
    {
        // Given
        var database = await server.CreateDatabaseAsync(Table, $"do $$ begin create role {PostgresServer.Locked} login password '{PostgresServer.Password}'; exception when duplicate_object then null; end $$");
        NpgsqlConnectionStringBuilder connection = new(database.Connection) { Username = PostgresServer.Locked, Password = PostgresServer.Password };

        // When
        var refusal = await new Database(connection.ConnectionString).RefusalAsync();

        // Then
        Assert.Equal("The user of the connection \"warehouse\" may not read product; grant it usage on the schema and select on the table", refusal.Message);
    }

    [Theory]
    [InlineData("select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'marketo-lambda' and datname = current_database()", "the connection", null)]
    [InlineData("drop table product", "The table product is gone; restore it, or correct \"table\" in the job file; what was imported before stands", "create table product (id int primary key, changed timestamptz not null)")]
    [InlineData("alter table product drop column id", "product names a column that does not exist, or not any more; compare the job file with the table", "alter table product add id int")]
    public async Task Whatever_happens_between_two_pages_is_told_and_the_position_before_it_stands(string accident, string expected, string? repair)
    {
        // Given
        var database = await server.CreateDatabaseAsync(
            "create table product (id int primary key, changed timestamptz not null)",
            $"insert into product select n, timestamptz '2026-01-01' from generate_series(1, {PostgresTable.RowsPerPage + 5}) n");
        var pooled = new Database(new NpgsqlConnectionStringBuilder(database.Connection) { Pooling = true, ApplicationName = "marketo-lambda" }.ConnectionString);
        await using var reader = await pooled.Source().OpenAsync(new ReadRequest(Checkpoint.Start, ["id"], 1000), TestContext.Current.CancellationToken);
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
        Assert.Contains($"\"id\":\"{PostgresTable.RowsPerPage - 1}\"", reader.Position.Resume, StringComparison.Ordinal);
        if (repair is null)
        {
            Assert.Equal(6, (await database.Source().ReadAsync(reader.Position)).Items.Ids().Length);
        }
    }

    [Fact]
    public async Task Position_of_a_column_that_was_of_another_type_is_refused()
    {
        // Given
        var database = await server.CreateDatabaseAsync("create table product (id int primary key, changed timestamptz not null)", "insert into product select n, timestamptz '2026-01-01' from generate_series(1, 5) n");
        var half = await database.Source().ReadAsync(most: 3);
        await database.ExecuteAsync("alter table product alter column changed type timestamp");

        // When
        var refusal = await Assert.ThrowsAsync<SourceException>(() => database.Source().ReadAsync(half.End));

        // Then
        Assert.StartsWith("The stored resume position is not one this program understands", refusal.Message, StringComparison.Ordinal);
    }
}
