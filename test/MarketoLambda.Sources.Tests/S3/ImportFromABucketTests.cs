using System.Net;
using Amazon.S3;
using MarketoLambda.Sources.Csv;
using MarketoLambda.Sources.Files;
using MarketoLambda.Sources.S3;
using MarketoLambda.Sources.Tests.Support;
using MarketoLambda.Sync.Runs;
using MarketoLambda.Sync.State;
using MarketoLambda.Testing;

namespace MarketoLambda.Sources.Tests.S3;

/// <summary>From a bucket to Marketo with the whole engine: both emulated, neither by the other's author.</summary>
public sealed class ImportFromABucketTests : IDisposable
{
    private readonly DropBucket _bucket = new();

    public void Dispose() => _bucket.Dispose();

    [Fact]
    public void Everything_arrives_once_and_a_second_run_finds_nothing()
    {
        // Given
        _bucket
            .With("a.csv", Rows(0, 700))
            .With("b.csv.gz", Drop.Gzip(Rows(700, 700)))
            .With("c.csv", Rows(1400, 5) + "1405,x,y\n1406,ten\n");
        var scenario = Scenario(DropBucket.Client);
        // When
        var first = scenario.Run();
        var second = scenario.Run();
        // Then
        Assert.Equal((RunOutcome.Succeeded, 1405L, 2L), (first.Outcome, first.Accepted, first.Rejected));
        Assert.Equal(1405, scenario.Marketo.Count(SyncScenario.Product));
        Assert.Equal(("c.csv", 7), (scenario.State().Checkpoint.LastFileName, scenario.State().Checkpoint.LastFileRecords));
        Assert.Equal(RunOutcome.NothingNew, second.Outcome);
    }

    [Fact]
    public void Runs_whose_time_is_short_go_on_where_the_last_one_ended()
    {
        // Given
        _bucket.With("a.csv", Rows(0, 6000)).With("b.csv.gz", Drop.Gzip(Rows(6000, 3000)));
        var scenario = Scenario(DropBucket.Client);
        scenario.Marketo.Options.LatencyOf = (_, _) => TimeSpan.FromSeconds(10);
        // When
        List<SyncReport> reports = [];
        do
        {
            reports.Add(scenario.Run(limit: TimeSpan.FromMinutes(3)));
        }
        while (reports[^1].Outcome == RunOutcome.Continued && reports.Count < 20);

        // Then
        Assert.InRange(reports.Count, 3, 19);
        Assert.Equal(RunOutcome.Succeeded, reports[^1].Outcome);
        Assert.Equal(9000, reports.Sum(report => report.Accepted));
        Assert.Equal(9000, scenario.Marketo.Count(SyncScenario.Product));
    }

    [Fact]
    public void What_was_read_before_the_bucket_failed_stands_and_the_next_run_does_the_rest()
    {
        // Given: the fifth range and all after it are refused, until someone mends it
        var ranges = 0;
        var bytes = System.Text.Encoding.ASCII.GetBytes(Rows(0, 20_000));
        using ScriptedS3 s3 = new(request => request.Headers.Range is not null && ++ranges is > 60 and < 64
            ? ScriptedS3.Error(HttpStatusCode.Forbidden, "AccessDenied")
            : ScriptedS3.Object(request, "a.csv", bytes.Length, (from, body) => bytes.AsSpan((int)from, body.Length).CopyTo(body)));
        var scenario = Scenario(s3.Client(), new BucketPlace("a-bucket", ""));
        // When
        var broken = scenario.Run();
        var state = scenario.State();
        ranges = 1000;
        var mended = scenario.Run();
        // Then
        Assert.Equal(RunOutcome.Failed, broken.Outcome);
        Assert.StartsWith(
            "a.csv may not be read (AccessDenied), and the files after it wait; allow s3:GetObject on s3://a-bucket/*",
            broken.Error,
            StringComparison.Ordinal);
        Assert.InRange(broken.Accepted, 300, 19_999);
        Assert.Contains($"({broken.Accepted:N0} rows finished", HalfReadFile.Describe(state.Checkpoint)?.Text, StringComparison.Ordinal);
        Assert.Equal((RunOutcome.Succeeded, 20_000 - broken.Accepted), (mended.Outcome, mended.Accepted));
        Assert.Equal(20_000, scenario.Marketo.Count(SyncScenario.Product));
    }

    private static string Rows(int first, int count) =>
        "Key,Value\n" + string.Concat(Enumerable.Range(first, count).Select(row => $"{row},{row % 9}\n"));

    private SyncScenario Scenario(IAmazonS3 client, BucketPlace? place = null)
    {
        var folder = DropBucket.Open(place ?? _bucket.Place, client, TimeProvider.System);
        return new SyncScenario(
            new CsvFolderSource(new PatientFolder(folder), Drop.Options with { SettleTime = TimeSpan.Zero }, TimeProvider.System)
        ).Initialized();
    }

    /// <summary>Waits for the network in its place: virtual time knows nothing that goes on elsewhere.</summary>
    private sealed class PatientFolder(IFileFolder folder) : IFileFolder
    {
        public string Description => folder.Description;

        public ValueTask<IReadOnlyList<FileEntry>> ListAsync(CancellationToken cancellationToken) =>
            Wait(() => folder.ListAsync(cancellationToken));

        public ValueTask<FileEntry?> FindAsync(string name, CancellationToken cancellationToken) =>
            Wait(() => folder.FindAsync(name, cancellationToken));

        public ValueTask<string?> FingerprintAsync(FileEntry file, CancellationToken cancellationToken) =>
            folder.FingerprintAsync(file, cancellationToken);

        public ValueTask<Stream?> OpenAsync(FileEntry file, CancellationToken cancellationToken) =>
            Wait(() => folder.OpenAsync(file, cancellationToken));

        private static ValueTask<T> Wait<T>(Func<ValueTask<T>> work) => new(Task.Run(async () => await work()).GetAwaiter().GetResult());
    }
}
