using System.Globalization;
using MarketoLambda.Sources.Passes;
using MarketoLambda.Sources.Postgres;
using MarketoLambda.Sources.Tests.Passes;
using MarketoLambda.Sync.Sources;

namespace MarketoLambda.Sources.Tests.Postgres;

/// <summary>Rows of a table or a query come in order, page by page, each once.</summary>
public sealed class PostgresReadingTests(PostgresFixture server)
{
    [Fact]
    public async Task Rows_come_in_the_order_of_cursor_and_id_and_the_mark_is_the_servers_clock_less_the_lag()
    {
        // Given
        var database = await server.CreateDatabaseAsync(
            "create table product (id bigint primary key, changed timestamptz not null)",
            "create index on product (changed, id)",
            "insert into product values (10, now() - interval '1 hour'), (9, now() - interval '1 hour'), (1, now() - interval '30 min'), "
                + "(2, now() - interval '30 s')"
        );

        // When
        var before = TimeProvider.System.GetUtcNow();
        var (items, positions, end, _) = await database.Source(options => options with { Passes = new PassOptions() }).ReadAsync();

        // Then
        Assert.Equal(["9", "10", "1"], items.Ids());
        Assert.Empty(items.Notices());
        Assert.InRange(end.Mark!.Value, before.AddSeconds(-62), TimeProvider.System.GetUtcNow().AddSeconds(-60));
        Assert.StartsWith("{\"v\":1,\"shown\":", end.Resume, StringComparison.Ordinal);
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
    [InlineData("bit(16)", "n::bit(16)")]
    [InlineData("varbit", "n::bit(16)")]
    [InlineData("real", "n / 7.0")]
    [InlineData("double precision", "n / 7.0")]
    [InlineData("interval", "n * interval '1 hour' - interval '1 mon'")]
    [InlineData("timestamptz", "timestamptz '2026-01-01' + n * interval '1 microsecond'")]
    [InlineData("int4range", "int4range(n, n + 2)")]
    [InlineData("text[]", "array['a,\"' || n, null]")]
    [InlineData("jsonb", "jsonb_build_object('n', n)")]
    [InlineData("bytea", "decode(lpad(to_hex(n), 4, '0'), 'hex')")]
    public async Task Reading_stops_after_any_row_and_goes_on_behind_it_whatever_the_type_of_the_id(string type, string value)
    {
        // Given
        var database = await server.CreateDatabaseAsync(
            $"create table product (id {type} primary key, changed timestamptz not null)",
            $"insert into product select {value}, now() - interval '1 hour' - n % 3 * interval '1 microsecond' from "
                + "generate_series(1, 20) n"
        );
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
            var part = await database
                .Source(options => options with { Ids = ["id", "line"] })
                .ReadAsync(position, most: 1777, columns: ["line"]);
            read.AddRange(part.Items.Ids());
            position = part.End;
        }

        // Then
        Assert.Equal(4500, read.Count);
        Assert.Equal(Enumerable.Range(1, 4500), read.Select(line => int.Parse(line, CultureInfo.InvariantCulture)).Order());
    }

    [Fact]
    public async Task Ids_of_a_domain_an_enumeration_and_a_composite_type_over_several_pages_are_read_once_each_whatever_the_settings()
    {
        // Given
        var database = await server.CreateDatabaseAsync(
            "create domain code as bit(16)",
            "create type mood as enum ('so so', 'happy')",
            "create type pair as (a float8, b text)",
            "create table product (id code, mood mood, pair pair, changed timestamptz not null)",
            "insert into product select n::bit(16), (array['so so', 'happy'])[n % 2 + 1]::mood, row(n / 7.0, 'x')::pair, '2026-01-01' from "
                + "generate_series(1, 5000) n",
            "do $$ begin execute format('alter database %I set extra_float_digits = -9', current_database()); end $$");

        // When
        var (items, _, _, _) = await database.Source(options => options with { Ids = ["mood", "pair", "id"] }).ReadAsync();

        // Then
        Assert.Equal(5000, items.Ids().Distinct().Count());
        Assert.Equal(5000, items.Ids().Length);
    }

    [Fact]
    public async Task Page_of_wide_rows_is_cut_by_their_width_and_all_rows_arrive()
    {
        // Given
        var database = await server.CreateDatabaseAsync(
            "create table product (id int primary key, changed timestamptz not null, name text)",
            "create index on product (changed, id)",
            "insert into product select n, '2026-01-01', case when n > 30 then repeat('x', 300000) else 'narrow' end from "
                + "generate_series(1, 90) n"
        );
        List<(int Rows, long Characters)> pages = [];

        // When
        await using PostgresSession session = new(new PostgresConnection("warehouse", database.Connection), Relation.OfTable("product"));
        var options = database.Source().Options;
        PostgresTable table = new(
            session,
            await PostgresShape.ReadAsync(session, options, ["name"], TestContext.Current.CancellationToken),
            options);
        PassBounds bounds = new(null, TimeProvider.System.GetUtcNow());
        CursorPage? page = null;
        do
        {
            page = await table.ReadPageAsync(bounds, page?.Rows[^1].Place, TestContext.Current.CancellationToken);
            pages.Add((page.Rows.Count, page.Rows.Sum(row => ((string)row.Values[0]!).Length)));
        }
        while (page.HasMore);

        // Then
        Assert.Equal(90, pages.Sum(page => page.Rows));
        Assert.True(pages.Count >= 4);
        Assert.All(pages.Skip(1), page => Assert.InRange(page.Characters, 0, PostgresPage.MaxCharacters + (20 * 300000)));
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
        var (items, _, _, _) = await database
            .Source(options =>
                options with
                {
                    Relation = Relation.OfQuery(
                        "select product.id, changed, name as \"Owner Name\" from product left join owner on owner.id = product.owner -- "
                            + "all of them;\n ; "
                    ),
                }
            )
            .ReadAsync(columns: "Owner Name");

        // Then
        Assert.Equal(["Nordlys", null], items.OfType<SourceRecord>().Select(record => record.Values[0]));
    }

    [Theory]
    [InlineData("create view crm as select * from product", null)]
    [InlineData("create materialized view crm as select * from product", "CREATE INDEX CONCURRENTLY ON \"crm\" (\"changed\", \"id\")")]
    [InlineData("create table crm (like product) partition by range (changed)", "CREATE INDEX ON \"crm\" (\"changed\", \"id\")")]
    public async Task Index_is_advised_only_where_it_can_be_created_and_as_it_can(string relation, string? expected)
    {
        // Given
        var database = await server.CreateDatabaseAsync("create table product (id int, changed timestamptz not null)", relation);

        // When
        var (items, _, _, _) = await database.Source(options => options with { Relation = Relation.OfTable("crm") }).ReadAsync();

        // Then
        var advice = items.OfType<SourceNotice>().SingleOrDefault(notice => notice.Code == "no-cursor-index")?.Message;
        Assert.Equal(expected, advice?[advice.IndexOf("CREATE", StringComparison.Ordinal)..]);
        if (expected is not null)
        {
            await database.ExecuteAsync(expected);
        }
    }

    [Fact]
    public async Task Table_without_an_index_is_read_and_the_statement_that_creates_it_is_told_once()
    {
        // Given
        var database = await server.CreateDatabaseAsync(
            "create schema crm",
            "create table crm.\"Product\" (id int, line text, changed timestamptz not null, primary key (id, line))",
            "insert into crm.\"Product\" values (1, 'a', now() - interval '1 min')");
        PostgresSource source = database.Source(options =>
            options with
            {
                Relation = Relation.OfTable("crm.Product"),
                Ids = ["id", "line"],
            }
        );

        // When
        var first = await source.ReadAsync();
        var second = await source.ReadAsync(first.End);

        // Then
        Assert.Equal(
            "crm.Product: no index begins with \"changed\", so every page reads the whole table; create one: CREATE INDEX CONCURRENTLY ON "
                + "\"crm\".\"Product\" (\"changed\", \"id\", \"line\" collate \"C\")",
            Assert.Single(first.Items.Notices()));
        Assert.Empty(second.Items.Notices());
    }
}
