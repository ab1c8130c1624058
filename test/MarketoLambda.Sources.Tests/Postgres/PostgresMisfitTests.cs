using MarketoLambda.Sources.Postgres;

namespace MarketoLambda.Sources.Tests.Postgres;

/// <summary>A table or a query that does not fit the job is refused in a sentence.</summary>
public sealed class PostgresMisfitTests(PostgresFixture server)
{
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
        "There is no table prodcut (did you mean \"product\"?); tables and views there: product; correct \"table\" in the job file"
    )]
    [InlineData(
        "crm.product",
        "changed",
        "id",
        "id",
        "There is no table crm.product (did you mean \"product\"?); tables and views there: product; correct \"table\" in the job file"
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

    private const string Table = "create table product (id int primary key, changed timestamptz not null, name text, props json)";
}
