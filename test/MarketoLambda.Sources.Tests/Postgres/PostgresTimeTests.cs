using System.Globalization;
using MarketoLambda.Sources.Tests.Passes;
using MarketoLambda.Sync.Sources;

namespace MarketoLambda.Sources.Tests.Postgres;

/// <summary>The cursor of a table: times without a zone, days, the lowest times and those of the future.</summary>
public sealed class PostgresTimeTests(PostgresFixture server)
{
    [Fact]
    public async Task Times_at_minus_infinity_are_read_first_and_those_in_the_future_or_empty_are_told()
    {
        // Given
        var database = await server.CreateDatabaseAsync(
            "create table product (id int primary key, changed timestamptz)",
            "create index on product (changed)",
            "insert into product values (1, now() - interval '1 hour'), (2, '-infinity'), (3, '-infinity'), (4, 'infinity'), (5, null), "
                + "(6, now() + interval '2 hours'), (7, null)"
        );

        // When
        var first = await database.Source().ReadAsync(most: 3);
        var rest = await database.Source().ReadAsync(first.End);

        // Then
        Assert.Equal(["2", "3", "1"], first.Items.Concat(rest.Items).Ids());
        Assert.StartsWith("product: 2 rows have nothing in \"changed\"", first.Items.Notices()[0], StringComparison.Ordinal);
        Assert.StartsWith(
            "product: 2 rows have a time in \"changed\" that is more than an hour ahead",
            first.Items.Notices()[1],
            StringComparison.Ordinal);
        Assert.Single(first.Items.Ids());
    }

    [Theory]
    [InlineData("timestamptz")]
    [InlineData("timestamp")]
    [InlineData("date")]
    public async Task Time_before_the_year_1_is_read_as_the_lowest_one_and_told_with_its_number_case_32(string type)
    {
        // Given
        var database = await server.CreateDatabaseAsync(
            $"create table product (id int primary key, changed {type} not null)",
            "create index on product (changed)",
            "insert into product values (1, '0044-03-15 BC'), (2, '-infinity'), (3, '0001-12-31 BC'), (4, '2026-01-01'), (5, "
                + "'12000-01-01'), (6, 'infinity')"
        );

        // When
        var first = await database.Source().ReadAsync(most: 3);
        var rest = await database.Source().ReadAsync(first.End);

        // Then
        Assert.Equal(["1", "2", "3", "4"], first.Items.Concat(rest.Items).Ids());
        Assert.Equal(["cursor-in-future", "cursor-before-year-1"], first.Items.OfType<SourceNotice>().Select(notice => notice.Code));
        Assert.StartsWith(
            "2 rows have a time before the year 1 in \"changed\" and are read only where all rows are",
            first.Items.OfType<SourceNotice>().Last().Message,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("timestamptz")]
    [InlineData("timestamp")]
    [InlineData("date")]
    public async Task Pages_of_rows_with_the_lowest_times_end_and_the_mark_does_not_stay_with_them(string type)
    {
        // Given: more than a page of what programs write for "no time", and of what no calendar has
        var database = await server.CreateDatabaseAsync(
            $"create table product (id int primary key, changed {type} not null)",
            "insert into product select n, '0001-01-01' from generate_series(1, 2100) n",
            "insert into product select n, '0044-03-15 BC' from generate_series(2101, 4200) n",
            "insert into product select n, '2026-01-01' from generate_series(4201, 6300) n");
        var source = database.Source(options =>
            options with
            {
                Conventions = SourceConventions.Invariant with { TimeZone = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin") },
            });

        // When
        var first = await source.ReadAsync(most: 3000);
        var rest = await source.ReadAsync(first.End);
        var later = await source.ReadAsync(rest.End);

        // Then
        Assert.Equal(
            Enumerable.Range(1, 6300).Select(id => id.ToString(CultureInfo.InvariantCulture)),
            first.Items.Concat(rest.Items).Ids());
        Assert.Empty(later.Items.Ids());
        Assert.True(rest.End.Mark > new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));
    }

    [Fact]
    public async Task Day_that_is_not_over_waits()
    {
        // Given: a zone in which it is noon now, so that no day ends while the test runs
        var untilNoon = TimeSpan.FromHours(12) - TimeProvider.System.GetUtcNow().TimeOfDay;
        var zone = TimeZoneInfo.CreateCustomTimeZone("noon", TimeSpan.FromMinutes((int)untilNoon.TotalMinutes), null, null);
        var today = $"(now() at time zone 'UTC' + interval '{zone.BaseUtcOffset.TotalMinutes} min')::date";
        var database = await server.CreateDatabaseAsync(
            "create table product (id int primary key, changed date not null)",
            $"insert into product values (1, {today} - 2), (2, {today} - 1), (3, {today})");
        var source = database.Source(options => options with { Conventions = SourceConventions.Invariant with { TimeZone = zone } });

        // When
        var first = await source.ReadAsync();
        var second = await source.ReadAsync(first.End);

        // Then
        Assert.Equal(["1", "2"], first.Items.Ids());
        Assert.Equal(TimeSpan.Zero, first.End.Mark!.Value.ToOffset(zone.BaseUtcOffset).TimeOfDay);
        Assert.Same(first.End, second.End);
    }

    [Fact]
    public async Task Column_without_zone_is_stamped_in_the_zone_of_the_job()
    {
        // Given
        var database = await server.CreateDatabaseAsync(
            "create table product (id int primary key, changed timestamp not null)",
            "insert into product values (1, now() at time zone 'Asia/Tokyo' - interval '1 min'), (2, now() at time zone 'Asia/Tokyo' + "
                + "interval '1 min')"
        );

        // When
        var (items, _, end, _) = await database
            .Source(options =>
                options with
                {
                    Conventions = SourceConventions.Invariant with { TimeZone = TimeZoneInfo.FindSystemTimeZoneById("Asia/Tokyo") },
                }
            )
            .ReadAsync();

        // Then
        Assert.Equal(["1"], items.Ids());
        Assert.InRange(Assert.Single(items.OfType<SourceRecord>()).CursorValue!.Value, end.Mark!.Value.AddSeconds(-90), end.Mark.Value);
    }
}
