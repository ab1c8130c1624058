using MarketoLambda.Sources.Postgres;
using MarketoLambda.Sources.Tests.Passes;
using MarketoLambda.Sync.Sources;
using Npgsql;

namespace MarketoLambda.Sources.Tests.Postgres;

/// <summary>Types and bytes that PostgreSQL has and the program or Marketo does not.</summary>
public sealed class PostgresTypeTests(PostgresFixture server)
{
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
