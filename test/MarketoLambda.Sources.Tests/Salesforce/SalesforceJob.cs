using System.Globalization;
using MarketoLambda.Sources.Passes;
using MarketoLambda.Sources.Salesforce;
using MarketoLambda.Sources.Salesforce.Client;
using MarketoLambda.Sync.Sources;
using MarketoLambda.Sync.State;
using MarketoLambda.Testing;
using MarketoLambda.Testing.Salesforce;
using MarketoLambda.Testing.Simulation;

namespace MarketoLambda.Sources.Tests.Salesforce;

/// <summary>
/// A simulated job that reads an object of Salesforce. A later version of a key takes the place of the earlier one, as an update does.
/// </summary>
internal sealed class SalesforceJob
{
    private const int RowsPerSecond = 12;

    /// <summary>So long before a run its rows were changed: longer than the job's lag.</summary>
    private static readonly TimeSpan Age = TimeSpan.FromSeconds(50);

    private readonly List<Version> _versions = [];
    private readonly ShiftedTime _time;
    private readonly EmulatedOrg _org;
    private readonly OrgObject _records;

    private SalesforceJob(VirtualTime time)
    {
        _time = new ShiftedTime(time);
        _org = new EmulatedOrg(_time, new OrgOptions { PageSize = 7, BulkDuration = TimeSpan.FromSeconds(30) });
        _records = _org.Define(
            "Version__c",
            "a01",
            new OrgField("Key", "string"),
            new OrgField("Value", "string"),
            new OrgField("Owner", "string"));
    }

    /// <param name="apiName">The job.</param>
    /// <param name="time">The world's clock.</param>
    /// <param name="bulkAbove">First loads of more records use bulk jobs.</param>
    public static SimulatedJob Create(string apiName, VirtualTime time, int bulkAbove)
    {
        SalesforceJob job = new(time);
        SalesforceConnection connection = new(
            "crm",
            job._org.Options.Address,
            OrgOptions.DefaultClientId,
            SalesforceConnection.DefaultApiVersion)
        {
            ClientSecret = OrgOptions.DefaultClientSecret,
        };
        SalesforceOptions options = new()
        {
            Object = "Version__c",
            BulkAbove = bulkAbove,
            RowsPerBulkJob = 20,
            Pass = new PassOptions { Lag = TimeSpan.FromSeconds(10) },
        };
        SalesforceSource source = new(options, new SalesforceClient(connection, job._org.CreateHandler(), time), time);
        SourceTruth truth = new(
            apiName,
            SimulatedJob.VersionField,
            () => job._versions.Count,
            row => job._versions[row - 1].Row.Key,
            state => job.RowsFinished(state[StateFields.HighWaterMark.Name], state[StateFields.ResumePosition.Name]))
        {
            RowAt = job.RowAt,
            GoneSince = row => job._versions[row - 1].GoneSince,
            RepeatsRows = true,
        };
        return new SimulatedJob(source, truth, job.Append);
    }

    private void Append(IReadOnlyList<ListSource.ListRow> rows)
    {
        foreach (var (index, row) in rows.Index())
        {
            foreach (
                var (earlier, version) in _versions
                    .Index()
                    .Where(pair => pair.Item.Row.Key == row.Key && pair.Item.GoneSince is null)
                    .ToList())
            {
                _records.Purge(earlier + 1);
                version.GoneSince = _time.GetUtcNow();
            }

            _time.Shift = TimeSpan.FromSeconds(index / RowsPerSecond) - Age;
            _records.Put(
                _versions.Count + 1,
                new Dictionary<string, object?>
                {
                    ["Key"] = row.Key,
                    ["Value"] = row.Value,
                    ["Owner"] = row.Owner,
                }
            );
            _versions.Add(new Version(row, _time.GetUtcNow()));
            _time.Shift = TimeSpan.Zero;
        }
    }

    private int RowAt(SourceLocation location) =>
        1 + Enumerable.Range(0, _versions.Count).First(index => location.Container == $"Version__c {_records.Id(index + 1)}");

    /// <summary>Versions are numbered in the order of (second, id), so what a position leaves behind are the first ones.</summary>
    private int RowsFinished(string? mark, string? resume)
    {
        DateTimeOffset? highWaterMark = mark is null ? null : DateTimeOffset.Parse(mark, CultureInfo.InvariantCulture);
        var last = PassPosition.Parse(new Checkpoint { Resume = resume }).Unfinished?.Last;
        return _versions
            .Index()
            .Count(pair =>
                pair.Item.Second < highWaterMark
                || (
                    last is not null
                    && (
                        pair.Item.Second < last.Cursor
                        || (pair.Item.Second == last.Cursor && string.CompareOrdinal(_records.Id(pair.Index + 1), last.Id) <= 0))));
    }

    private sealed record Version(ListSource.ListRow Row, DateTimeOffset Stamp)
    {
        public DateTimeOffset Second { get; } = Stamp.AddTicks(-(Stamp.Ticks % TimeSpan.TicksPerSecond));

        public DateTimeOffset? GoneSince { get; set; }
    }

    /// <summary>The world's clock, set back while rows are changed.</summary>
    private sealed class ShiftedTime(VirtualTime time) : TimeProvider
    {
        public TimeSpan Shift { get; set; }

        public override DateTimeOffset GetUtcNow() => time.GetUtcNow() + Shift;

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            time.CreateTimer(callback, state, dueTime, period);
    }
}
