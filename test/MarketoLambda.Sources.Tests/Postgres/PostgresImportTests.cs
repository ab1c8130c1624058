using MarketoLambda.Emulator;
using MarketoLambda.Emulator.Schema;
using MarketoLambda.Emulator.Settings;
using MarketoLambda.Sources.Passes;
using MarketoLambda.Sync.Jobs;
using MarketoLambda.Sync.Leases;
using MarketoLambda.Sync.Runs;
using MarketoLambda.Sync.Setup;
using MarketoLambda.Sync.Sources;
using MarketoLambda.Sync.State;
using MarketoLambda.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace MarketoLambda.Sources.Tests.Postgres;

/// <summary>Whole imports: from a server, through the engine, into an emulated Marketo, on the real clock.</summary>
public sealed class PostgresImportTests(PostgresFixture server)
{
    private const string Types = """
        create table product (
          id bigint primary key, changed timestamptz not null,
          small smallint, amount numeric(30, 4), ratio double precision, price money, active boolean, born date, seen timestamptz, local timestamp,
          code char(5), name text, ref uuid, mood mood, props jsonb, tags text[], span interval, raw bytea)
        """;

    [Fact]
    public async Task Every_type_arrives_as_the_same_value_in_a_field_that_fits_and_as_readable_text_elsewhere()
    {
        // Given
        var database = await server.CreateDatabaseAsync(
            "create type mood as enum ('happy', 'so so')",
            Types,
            """
            insert into product values (9007199254740993, now() - interval '1 min', -7, 12345678901234567890.5, 0.1, 1234.5, true, '2026-02-28', '2026-06-01 12:00:00.987654+02', '2026-06-01 12:00',
              'ab', 'Zoë "€" 日本', 'C56A4180-65AA-42EC-A945-5FD21DEC0538', 'so so', '{"a": [1, null]}', array['x', 'y z'], '1 day 02:00', '\xdeadbeef')
            """,
            "insert into product (id, changed, name) values (2, now() - interval '1 min', '')");
        string[] columns =
        [
            "id",
            "small",
            "amount",
            "ratio",
            "price",
            "active",
            "born",
            "seen",
            "local",
            "code",
            "name",
            "ref",
            "mood",
            "props",
            "tags",
            "span",
            "raw",
        ];
        Dictionary<string, string> types = new()
        {
            ["small"] = "integer",
            ["ratio"] = "float",
            ["price"] = "currency",
            ["active"] = "boolean",
            ["born"] = "date",
            ["seen"] = "datetime",
            ["local"] = "datetime",
        };
        Import import = new(columns, types);
        var source = database.Source(options =>
            options with
            {
                Conventions = SourceConventions.Invariant with { TimeZone = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin") },
            }
        );

        // When
        var report = await import.RunAsync(source);

        // Then
        Assert.Equal((RunOutcome.Succeeded, 2L, 0L), (report.Outcome, report.Accepted, report.Rejected));
        var record = Assert.Single(import.Marketo.Find(Import.Product, "9007199254740993"));
        Assert.Equal(
            [
                "-7",
                "12345678901234567890.5000",
                "0.1",
                "1234.50",
                "True",
                "2026-02-28",
                "2026-06-01T10:00:00Z",
                "2026-06-01T10:00:00Z",
                "ab",
                "Zoë \"€\" 日本",
                "c56a4180-65aa-42ec-a945-5fd21dec0538",
                "so so",
                "{\"a\": [1, null]}",
                "{x,\"y z\"}",
                "P1DT2H",
                "\\xdeadbeef",
            ],
            columns.Skip(1).Select(column => record[column]));
        Assert.All(columns.Skip(1), column => Assert.Null(import.Marketo.Find(Import.Product, "2")[0][column]));
    }

    [Fact]
    public async Task Values_that_no_field_can_hold_are_rejected_one_by_one()
    {
        // Given
        var database = await server.CreateDatabaseAsync(
            "create table product (id int primary key, changed timestamptz not null, seen timestamptz, ratio double precision)",
            "insert into product values (1, '2026-01-01', 'infinity', 1), (2, '2026-01-01', '0044-03-15 BC', 1), (3, '2026-01-01', null, "
                + "'NaN'), (4, '2026-01-01', null, 1e300), (5, '2026-01-01', now(), 2)"
        );
        Import import = new(["id", "seen", "ratio"], new() { ["seen"] = "datetime", ["ratio"] = "float" });

        // When
        var report = await import.RunAsync(database.Source());

        // Then
        Assert.Equal((RunOutcome.Succeeded, 4L), (report.Outcome, report.Rejected));
        Assert.Single(import.Marketo.Records(Import.Product));
    }

    /// <summary>
    /// Public reports: whatever is one whole number is that number, and a time before the year 1 stops no row, not even its own.
    /// </summary>
    [Fact]
    public async Task Whole_numbers_with_decimals_and_rows_of_before_the_year_1_arrive_cases_31_and_32()
    {
        // Given
        var database = await server.CreateDatabaseAsync(
            "create table product (id int primary key, serial char(10), qty numeric(10, 2), notes text, changed timestamptz not null)",
            """
            insert into product values (1, 'A1', 5.00, 'n', '2026-01-01'), (2, 'A2', 5.5, E'tab\there', '2026-01-01'), (3, 'A3', 1e3, E'ctl\x01x', '2026-01-01'), (4, 'A4', 'NaN', '', '2026-01-01'),
              (5, 'A5', 0.00, 'Zoë', '2026-01-01'), (7, 'A7', 1, '', '0044-03-15 BC'), (8, 'A8', 2.0, '', '-infinity'), (9, 'A9', 1, '', 'infinity'), (10, 'A10', 1, '', '12000-01-01')
            """);
        Import import = new(["serial", "qty", "notes"], new() { ["qty"] = "integer" });

        // When
        var report = await import.RunAsync(database.Source());

        // Then
        Assert.Equal(RunOutcome.Succeeded, report.Outcome);
        Assert.Equal(
            ["A1=5", "A5=0", "A7=1", "A8=2"],
            import.Marketo.Records(Import.Product).Select(record => $"{record.Key}={record["qty"]}").Order(StringComparer.Ordinal));
        Assert.Equal(3, report.Rejected); // 5.5, NaN and a control character
        Assert.Equal(
            ["cursor-before-year-1", "cursor-in-future"],
            report
                .Notices.Select(notice => notice.Code)
                .Where(code => code.StartsWith("cursor", StringComparison.Ordinal))
                .Order(StringComparer.Ordinal));
        Assert.True(import.State.Checkpoint.Mark > new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));
    }

    [Fact]
    public async Task Second_run_sends_what_changed_and_what_overlaps_and_a_third_one_nothing()
    {
        // Given
        var database = await server.CreateDatabaseAsync(
            "create table product (id int primary key, changed timestamptz not null default now(), name text)",
            "create index on product (changed, id)",
            "insert into product select n, now() - interval '1 day', 'old' from generate_series(1, 700) n",
            "insert into product select n, now() - interval '5 minutes', 'young' from generate_series(701, 705) n");
        Import import = new(["id", "name"], []);
        var source = database.Source(options => options with { Passes = new PassOptions() });
        var first = await import.RunAsync(source);
        await database.ExecuteAsync(
            "update product set name = 'new', changed = now() - interval '61 seconds' where id in (5, 500)",
            "delete from product where id = 9",
            "select pg_sleep(2.1)");

        // When
        var second = await import.RunAsync(source);
        await database.ExecuteAsync("update product set changed = now() - interval '1 day'");
        var third = await import.RunAsync(source);

        // Then
        Assert.Equal((705L, 0L), (first.Accepted, first.Repeated));
        Assert.Equal((RunOutcome.Succeeded, 7L), (second.Outcome, second.Accepted));
        Assert.InRange(second.Repeated, 5, 7); // the two that changed may be stamped right below the mark
        Assert.Equal(
            ["5", "500"],
            import.Marketo.Records(Import.Product).Where(record => record["name"] == "new").Select(record => record.Key).Order());
        Assert.Equal(RunOutcome.NothingNew, third.Outcome);
        Assert.Equal(second.Checkpoint, third.Checkpoint);
    }

    [Fact]
    public async Task Backfill_and_reset_find_a_stretch_of_the_past()
    {
        // Given
        var database = await server.CreateDatabaseAsync(
            "create table product (id int primary key, changed timestamptz not null, name text)",
            "insert into product values (1, '2026-01-01', 'a'), (2, '2026-02-01', 'b'), (3, '2026-03-01', 'c')");
        Import import = new(["id", "name"], []);
        await import.RunAsync(database.Source());
        var mark = import.State.Checkpoint.Mark;

        // When
        var backfill = await import.RunAsync(
            database.Source(),
            new Backfill(new(2026, 2, 1, 0, 0, 0, TimeSpan.Zero), new(2026, 3, 1, 0, 0, 0, TimeSpan.Zero)));
        var markAfterBackfill = import.State.Checkpoint.Mark;
        await import.ResetAsync(new(2026, 2, 1, 0, 0, 0, TimeSpan.Zero));
        var run = await import.RunAsync(database.Source());

        // Then
        Assert.Equal((RunOutcome.Succeeded, 1L), (backfill.Outcome, backfill.Accepted));
        Assert.Equal(mark, markAfterBackfill);
        Assert.Equal((RunOutcome.Succeeded, 2L), (run.Outcome, run.Accepted));
    }

    /// <summary>A Marketo with an object of those fields.</summary>
    private sealed class Import
    {
        public const string Product = "product_c";

        private readonly IReadOnlyList<string> _columns;
        private readonly MemoryRejects _rejects = new();

        public Import(IReadOnlyList<string> columns, Dictionary<string, string> types)
        {
            _columns = columns;
            Marketo = new MarketoEmulator(new EmulatorOptions(), TimeProvider.System);
            Marketo.DefineObject(
                Product,
                "Product",
                [
                    FieldDefinition.Key(columns[0]),
                    .. columns.Skip(1).Select(column => new FieldDefinition(column, types.GetValueOrDefault(column, "string"))),
                ]);
        }

        public MarketoEmulator Marketo { get; }

        public Sync.State.StateRecord State { get; private set; } = new("", Product);

        public async Task<SyncReport> RunAsync(ISource source, Backfill? backfill = null)
        {
            await using var host = TestHost.Build(TimeProvider.System, Marketo.CreateHandler, _rejects, new MemoryAlerts());
            var setup = host.GetRequiredService<StateSetup>();
            foreach (var kept in StateSetup.Objects)
            {
                await setup.EnsureObjectAsync(kept, TestContext.Current.CancellationToken);
            }

            await setup.EnsureRecordsAsync(Product, TestContext.Current.CancellationToken);
            SyncJob job = new(Product, source, [_columns[0]], [.. _columns.Select(column => new FieldMapping(column, column))])
            {
                StopAbovePercentRejected = 100,
            };
            var engine = host.GetRequiredService<SyncEngine>();
            RunDeadline deadline = new(TimeProvider.System, TimeSpan.FromMinutes(10), TestContext.Current.CancellationToken);
            var report = backfill is null
                ? await engine.RunAsync(job, deadline, progress: null, TestContext.Current.CancellationToken)
                : await engine.BackfillAsync(job, backfill, deadline, progress: null, TestContext.Current.CancellationToken);
            Assert.Null(report.Error);
            State = await host.GetRequiredService<Sync.State.StateStore>().ReadAsync(Product, TestContext.Current.CancellationToken);
            return report;
        }

        public async Task ResetAsync(DateTimeOffset to)
        {
            await using var host = TestHost.Build(TimeProvider.System, Marketo.CreateHandler, _rejects, new MemoryAlerts());
            await host.GetRequiredService<JobReset>()
                .ResetAsync(
                    Product,
                    to,
                    startsEpoch: false,
                    new RunDeadline(TimeProvider.System, TimeSpan.FromMinutes(5), TestContext.Current.CancellationToken),
                    TestContext.Current.CancellationToken);
        }
    }
}
