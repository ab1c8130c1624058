using System.Globalization;
using MarketoLambda.Sources.Passes;
using MarketoLambda.Sources.Postgres;
using MarketoLambda.Sources.Tests.Passes;
using MarketoLambda.Sync.Reading;
using MarketoLambda.Sync.State;

namespace MarketoLambda.Sources.Tests.Postgres;

public sealed class PostgresReadingTests(PostgresFixture server)
{
    [Fact]
    public async Task Rows_come_in_the_order_of_cursor_and_id_and_the_mark_is_the_servers_clock_less_the_lag()
    {
        // Given
        var database = await server.CreateDatabaseAsync(
            "create table product (id bigint primary key, changed timestamptz not null)",
            "create index on product (changed, id)",
            "insert into product values (10, now() - interval '1 hour'), (9, now() - interval '1 hour'), (1, now() - interval '30 min'), (2, now() - interval '30 s')");

        // When
        var before = TimeProvider.System.GetUtcNow();
        var (items, positions, end, _) = await database.Source(options => options with { Passes = new PassOptions() }).ReadAsync();

        // Then
        Assert.Equal(["9", "10", "1"], items.Ids());
        Assert.Empty(items.Notices());
        Assert.InRange(end.Mark!.Value, before.AddSeconds(-62), TimeProvider.System.GetUtcNow().AddSeconds(-60));
        Assert.Null(end.Resume);
        Assert.Equal(end, positions[^1]);
        Assert.Equal(new SourceLocation("product", 9), items[0].Location);
    }

    [Theory]
    [InlineData("bigint", "n")]
    [InlineData("numeric", "n / 10.0 - 3")]
    [InlineData("uuid", "md5(n::text)::uuid")]
    [InlineData("date", "date '2026-01-01' + n")]
    [InlineData("text", "case n % 4 when 0 then 'ä' when 1 then 'Z' when 2 then 'a ' else 'B''\"\\' end || n")]
    [InlineData("text collate \"de-x-icu\"", "case n % 4 when 0 then 'ä' when 1 then 'Z' when 2 then 'a ' else 'B' end || n")]
    [InlineData("varchar(20)", "chr(64 + n)")]
    [InlineData("char(5)", "chr(64 + n)")]
    [InlineData("inet", "('10.0.0.' || n)::inet")]
    public async Task Reading_stops_after_any_row_and_goes_on_behind_it_whatever_the_type_of_the_id(string type, string value)
    {
        // Given
        var database = await server.CreateDatabaseAsync(
            $"create table product (id {type} primary key, changed timestamptz not null)",
            $"insert into product select {value}, now() - interval '1 hour' - n % 3 * interval '1 microsecond' from generate_series(1, 20) n");
        var all = (await database.Source().ReadAsync()).Items.Ids();
        Assert.Equal(20, all.Distinct().Count());

        for (var stop = 1; stop < all.Length; stop += 3)
        {
            // When
            var first = await database.Source().ReadAsync(most: stop + 1); // one of them is the notice about the index
            var rest = await database.Source().ReadAsync(first.End);

            // Then
            Assert.Equal(all, first.Items.Concat(rest.Items).Ids());
        }
    }

    [Fact]
    public async Task Ties_over_several_pages_are_read_once_each_with_an_id_of_two_columns()
    {
        // Given
        var database = await server.CreateDatabaseAsync(
            "create table product (id text not null, line int not null, changed timestamp not null, primary key (id, line))",
            "insert into product select 'order \"' || n % 70, n, timestamp '2026-01-01 10:00' from generate_series(1, 4500) n");

        // When
        List<string> read = [];
        var position = Checkpoint.Start;
        while (position.Mark is null)
        {
            var part = await database.Source(options => options with { Ids = ["id", "line"] }).ReadAsync(position, most: 1777, columns: ["line"]);
            read.AddRange(part.Items.Ids());
            position = part.End;
        }

        // Then
        Assert.Equal(4500, read.Count);
        Assert.Equal(Enumerable.Range(1, 4500), read.Select(line => int.Parse(line, CultureInfo.InvariantCulture)).Order());
    }

    [Fact]
    public async Task Query_with_a_join_is_read_like_a_table()
    {
        // Given
        var database = await server.CreateDatabaseAsync(
            "create table product (id int primary key, owner int, changed timestamptz not null)",
            "create table owner (id int primary key, name text)",
            "insert into owner values (1, 'Nordlys')",
            "insert into product values (1, 1, now() - interval '1 min'), (2, null, now() - interval '1 min')");

        // When
        var (items, _, _, _) = await database.Source(options => options with
        {
            Relation = Relation.OfQuery("select product.id, changed, name as \"Owner Name\" from product left join owner on owner.id = product.owner -- all of them;\n ; "),
        }).ReadAsync(columns: "Owner Name");

        // Then
        Assert.Equal(["Nordlys", null], items.OfType<SourceRecord>().Select(record => record.Values[0]));
    }

    [Fact]
    public async Task Times_at_minus_infinity_are_read_first_and_those_in_the_future_or_empty_are_told()
    {
        // Given
        var database = await server.CreateDatabaseAsync(
            "create table product (id int primary key, changed timestamptz)",
            "create index on product (changed)",
            "insert into product values (1, now() - interval '1 hour'), (2, '-infinity'), (3, '-infinity'), (4, 'infinity'), (5, null), (6, now() + interval '2 hours'), (7, null)");

        // When
        var first = await database.Source().ReadAsync(most: 3);
        var rest = await database.Source().ReadAsync(first.End);

        // Then
        Assert.Equal(["2", "3", "1"], first.Items.Concat(rest.Items).Ids());
        Assert.StartsWith("product: 2 rows have nothing in \"changed\"", first.Items.Notices()[0], StringComparison.Ordinal);
        Assert.StartsWith("product: 2 rows have a time in \"changed\" that is more than an hour ahead", first.Items.Notices()[1], StringComparison.Ordinal);
        Assert.Single(first.Items.Ids());
    }

    [Fact]
    public async Task Day_that_is_not_over_waits()
    {
        // Given
        var database = await server.CreateDatabaseAsync(
            "create table product (id int primary key, changed date not null)",
            "insert into product values (1, (now() at time zone 'UTC')::date - 2), (2, (now() at time zone 'UTC')::date - 1), (3, (now() at time zone 'UTC')::date)");

        // When
        var first = await database.Source().ReadAsync();
        var second = await database.Source().ReadAsync(first.End);

        // Then
        Assert.Equal(["1", "2"], first.Items.Ids());
        Assert.Equal(TimeSpan.Zero, first.End.Mark!.Value.TimeOfDay);
        Assert.Same(first.End, second.End);
    }

    [Fact]
    public async Task Column_without_zone_is_stamped_in_the_zone_of_the_job()
    {
        // Given
        var database = await server.CreateDatabaseAsync(
            "create table product (id int primary key, changed timestamp not null)",
            "insert into product values (1, now() at time zone 'Asia/Tokyo' - interval '1 min'), (2, now() at time zone 'Asia/Tokyo' + interval '1 min')");

        // When
        var (items, _, end, _) = await database.Source(options => options with { Conventions = SourceConventions.Invariant with { TimeZone = TimeZoneInfo.FindSystemTimeZoneById("Asia/Tokyo") } }).ReadAsync();

        // Then
        Assert.Equal(["1"], items.Ids());
        Assert.InRange(Assert.Single(items.OfType<SourceRecord>()).Stamp!.Value, end.Mark!.Value.AddSeconds(-90), end.Mark.Value);
    }

    [Fact]
    public async Task Table_without_an_index_is_read_and_the_statement_that_creates_it_is_told_once()
    {
        // Given
        var database = await server.CreateDatabaseAsync("create schema crm", "create table crm.\"Product\" (id int, line text, changed timestamptz not null, primary key (id, line))", "insert into crm.\"Product\" values (1, 'a', now() - interval '1 min')");
        PostgresSource source = database.Source(options => options with { Relation = Relation.OfTable("crm.Product"), Ids = ["id", "line"] });

        // When
        var first = await source.ReadAsync();
        var second = await source.ReadAsync(first.End);

        // Then
        Assert.Equal("crm.Product: no index begins with \"changed\", so every page reads the whole table; create one: CREATE INDEX CONCURRENTLY ON \"crm\".\"Product\" (\"changed\", \"id\", \"line\" collate \"C\")", Assert.Single(first.Items.Notices()));
        Assert.Empty(second.Items.Notices());
    }
}
