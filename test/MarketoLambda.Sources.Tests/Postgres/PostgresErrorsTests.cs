using MarketoLambda.Sources.Postgres;
using MarketoLambda.Sources.Tests.Passes;
using MarketoLambda.Sync.Sources;
using MarketoLambda.Testing;
using Npgsql;

namespace MarketoLambda.Sources.Tests.Postgres;

public sealed class PostgresErrorsTests(PostgresFixture server)
{
    private const string Table = "create table product (id int primary key, changed timestamptz not null, name text, props json)";

    [Theory]
    [InlineData(
        "product",
        "chnged",
        "id",
        "id",
        "product has no column \"chnged\" (did you mean \"changed\"?); correct \"cursor\" in the job file"
    )]
    [InlineData(
        "product",
        "changed",
        "number",
        "id",
        "product has no column \"number\"; it has id, changed, name, props; correct \"id\" in the job file"
    )]
    [InlineData(
        "product",
        "changed",
        "id",
        "Name",
        "product has no column \"Name\" (did you mean \"name\"?); correct \"fields\" in the job file"
    )]
    [InlineData(
        "prodcut",
        "changed",
        "id",
        "id",
        "There is no table prodcut (did you mean \"product\"?); correct \"table\" in the job file"
    )]
    [InlineData(
        "crm.product",
        "changed",
        "id",
        "id",
        "There is no table crm.product, or it is in a schema that has to be named before it; correct \"table\" in the job file"
    )]
    [InlineData(
        "product",
        "name",
        "id",
        "id",
        "\"name\" of product is of type text, and a cursor must be timestamp, timestamptz or date; name another column in \"cursor\", or "
            + "write a query that converts it"
    )]
    [InlineData(
        "product",
        "changed",
        "props",
        "id",
        "product cannot be read in the order of its id: a column of that type cannot be compared; name others in \"id\", or write the query"
    )]
    [InlineData(
        "product",
        "changed",
        "name",
        "id",
        "product has rows without \"name\", and they cannot be put in order; fill it in and forbid empty values there, or name other "
            + "columns in \"id\""
    )]
    public async Task Job_that_does_not_fit_the_table_is_refused_in_a_sentence(
        string table,
        string cursor,
        string id,
        string column,
        string expected)
    {
        // Given
        var database = await server.CreateDatabaseAsync(Table, "insert into product values (1, now() - interval '1 min', null, '{}')");

        // When
        var refusal = await database.RefusalAsync(
            options => options with { Relation = Relation.OfTable(table), Cursor = cursor, Ids = [id] },
            column);

        // Then
        Assert.Equal(expected, refusal.Message);
    }

    [Theory]
    [InlineData(
        "delete from product",
        "The query is no single SELECT statement that can stand in a FROM clause: syntax error at or near \"from\"; correct \"query\" in "
            + "the job file"
    )]
    [InlineData(
        "select 1; select 2",
        "The query is no single SELECT statement that can stand in a FROM clause: syntax error at or near \";\"; correct \"query\" in the "
            + "job file"
    )]
    [InlineData(
        "select id, changed, nmae from product",
        "The query cannot be read: column \"nmae\" does not exist; correct \"query\" in the job file"
    )]
    [InlineData(
        "select * from prodcut",
        "The query cannot be read: relation \"prodcut\" does not exist; correct \"query\" in the job file"
    )]
    [InlineData(
        "select p.*, o.* from product p join product o on o.id = p.id",
        "the query has two columns \"changed\"; name one of them otherwise (as)"
    )]
    [InlineData("select id, changed, id, id from product", "the query has 3 columns \"id\"; name all but one otherwise (as)")]
    [InlineData(
        "select nextval('numbers') as id, changed from product",
        "The query changes something, and only reading is allowed; correct \"query\" in the job file"
    )]
    [InlineData(
        "select name as id, changed from product",
        "the query has several rows with the same \"id\" and \"changed\", and a run that stops between them would lose one; name columns "
            + "in \"id\" that make rows unique"
    )]
    [InlineData(
        "select (name || 'x')::int as id, changed from product",
        "the query cannot be read on from the stored position, or the query converts a value that is none: if the type of an id column was "
            + "changed, reset the job"
    )]
    [InlineData(
        "select 1 / (id - 1) as id, changed from product",
        "the query divides by zero in one of its rows; guard the division there, as in a / nullif(b, 0)"
    )]
    [InlineData(
        "select id, changed, pass('40001') from product",
        "The server broke off reading the query, because other transactions, or what a replica had to replay, were in its way; this passes "
            + "by itself, what was imported before stands, and the next run goes on from there",
        "pass"
    )]
    [InlineData(
        "select id, changed, pass('40P01') from product",
        "The server broke off reading the query, because it and another transaction waited for each other; this passes by itself, what was "
            + "imported before stands, and the next run goes on from there",
        "pass"
    )]
    [InlineData(
        "select id, changed, pass('42601') from product",
        "The query is no single SELECT statement that can stand in a FROM clause; correct \"query\" in the job file",
        "pass"
    )]
    [InlineData(
        "select id, changed, pass('XX000') from product",
        "The server of the connection \"warehouse\" refused to read the query with the code XX000; its log has the words, what was "
            + "imported before stands, and the next run goes on from there",
        "pass"
    )]
    public async Task Query_that_cannot_be_paged_is_refused_in_a_sentence(string query, string expected, string column = "id")
    {
        // Given
        const string Fails =
            "create function pass(code text) returns text language plpgsql as $$ begin raise exception 'secret' using errcode = code; "
                + "end $$";
        var database = await server.CreateDatabaseAsync(
            Table,
            Fails,
            "create sequence numbers",
            "insert into product select n, timestamptz '2026-01-01', 'secret' from generate_series(1, 2) n");

        // When
        var refusal = await database.RefusalAsync(options => options with { Relation = Relation.OfQuery(query) }, column);

        // Then
        Assert.Equal(expected, refusal.Message);
        Assert.DoesNotContain("secret", refusal.ToString(), StringComparison.Ordinal);
    }

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

    /// <summary>Values of every kind of type there is, with what may be asked of it.</summary>
    public static TheoryData<string, string> Types =>
        new()
        {
            { "smallint", "7" },
            { "numeric", "'NaN'" },
            { "money", "'1.5'" },
            { "real", "'-Infinity'" },
            { "oid", "7" },
            { "xid8", "'7'" },
            { "pg_lsn", "'0/7'" },
            { "bit(3)", "'101'" },
            { "varbit", "''" },
            { "bytea", "'\\x00ff'" },
            { "boolean", "true" },
            { "name", "'x'" },
            { "\"char\"", "'x'" },
            { "char(3)", "'x'" },
            { "date", "'0044-03-15 BC'" },
            { "date", "'infinity'" },
            { "time", "'24:00'" },
            { "timetz", "'10:00+02'" },
            { "timestamp", "'294276-12-31'" },
            { "timestamptz", "'4713-01-01 BC'" },
            { "interval", "'-1 mon 5 days -00:00:00.000001'" },
            { "uuid", "gen_random_uuid()" },
            { "json", "'{\"a\": \"\\ud83d\"}'" },
            { "jsonb", "'[1, null]'" },
            { "jsonpath", "'$.a'" },
            { "xml", "'<a/>'" },
            { "inet", "'::1'" },
            { "cidr", "'10.0.0.0/8'" },
            { "macaddr8", "'08:00:2b:01:02:03:04:05'" },
            { "point", "'(1,2)'" },
            { "polygon", "'((0,0),(1,1))'" },
            { "circle", "'<(0,0),1>'" },
            { "tsvector", "'a b'" },
            { "tsquery", "'a & b'" },
            { "int4range", "'empty'" },
            { "nummultirange", "'{[1,2),[3,)}'" },
            { "text[]", "array['a', null]" },
            { "int[]", "'[0:1]={1,2}'" },
            { "date[]", "array['infinity'::date]" },
            { "mood", "'so so'" },
            { "mood[]", "array['happy'::mood]" },
            { "pair", "row(1, 'x')" },
            { "pair[]", "array[row(1, 'x')::pair]" },
            { "code", "'101'" },
            { "regclass", "'pg_class'" },
            { "refcursor", "'x'" },
            { "txid_snapshot", "'10:20:10,14'" },
            { "record", "row(1, 'x')" },
        };

    [Theory]
    [MemberData(nameof(Types))]
    public async Task Type_however_unusual_can_be_read_or_is_refused_in_a_sentence_as_value_id_and_cursor(string type, string value)
    {
        // Given
        var database = await server.CreateDatabaseAsync(
            "create type mood as enum ('so so', 'happy')",
            "create type pair as (a float8, b text)",
            "create domain code as bit(3)");
        var typed = type == "record" ? value : $"{value}::{type}";
        var query = Relation.OfQuery($"select {typed} as odd, n as id, timestamptz '2026-01-01' as changed from generate_series(1, 2) n");

        // When
        var asValue = await database.Source(options => options with { Relation = query }).ReadAsync(columns: ["odd"]);
        var asId = await Record.ExceptionAsync(() =>
            database.Source(options => options with { Relation = query, Ids = ["odd", "id"] }).ReadAsync(most: 1));
        var asCursor = await Record.ExceptionAsync(() =>
            database.Source(options => options with { Relation = query, Cursor = "odd" }).ReadAsync());

        // Then
        Assert.Equal(2, asValue.Items.OfType<SourceRecord>().Count(record => record.Values is [string]));
        Assert.All([asId, asCursor], failure => Assert.True(failure is null or SourceException, $"{failure}"));
    }

    [Fact]
    public async Task Bytes_that_are_no_text_cost_the_value_that_holds_them()
    {
        // Given
        var database = await server.CreateDatabaseAsync(
            "create database bytes_that_are_no_text encoding 'SQL_ASCII' template template0 locale 'C'");
        Database bytes = new(
            new NpgsqlConnectionStringBuilder(database.Connection) { Database = "bytes_that_are_no_text" }.ConnectionString);
        await bytes.ExecuteAsync(
            "create table product (id int primary key, changed timestamptz not null, name text)",
            "insert into product values (1, '2026-01-01', 'good'), (2, '2026-01-01', convert_from('\\x41fc42e282', 'SQL_ASCII')), (3, "
                + "'2026-01-01', 'good')"
        );

        // When
        var (items, _, _, _) = await bytes.Source().ReadAsync(columns: ["name"]);

        // Then
        Assert.Equal(["good", "A\uDCFCB\uDCE2\uDC82", "good"], items.OfType<SourceRecord>().Select(record => record.Values[0]));
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

    [Fact]
    public async Task Position_of_a_column_that_was_of_another_type_is_refused()
    {
        // Given
        var database = await server.CreateDatabaseAsync(
            "create table product (id int primary key, changed timestamptz not null)",
            "insert into product select n, timestamptz '2026-01-01' from generate_series(1, 5) n");
        var half = await database.Source().ReadAsync(most: 3);
        await database.ExecuteAsync("alter table product alter column changed type timestamp");

        // When
        var refusal = await Assert.ThrowsAsync<SourceException>(() => database.Source().ReadAsync(half.End));

        // Then
        Assert.StartsWith("The stored resume position is not one this program understands", refusal.Message, StringComparison.Ordinal);
    }
}
