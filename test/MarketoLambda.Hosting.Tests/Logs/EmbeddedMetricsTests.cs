using System.Diagnostics.Metrics;
using System.Text;
using System.Text.Json;
using MarketoLambda.Hosting.Logs;
using MarketoLambda.Testing;

namespace MarketoLambda.Hosting.Tests.Logs;

/// <summary>The lines hold to CloudWatch's specification of the embedded metric format.</summary>
public sealed class EmbeddedMetricsTests : IDisposable
{
    private readonly string _meterName = $"test-{Guid.NewGuid():N}"; // other tests measure, too
    private readonly Meter _meter;
    private readonly MemoryStream _output = new();
    private readonly VirtualTime _time = new();
    private readonly EmbeddedMetrics _metrics;

    public EmbeddedMetricsTests()
    {
        _meter = new Meter(_meterName);
        _metrics = new EmbeddedMetrics(_output, "MarketoLambda/stack", _time, _meterName);
    }

    public void Dispose()
    {
        _metrics.Dispose();
        _meter.Dispose();
        _output.Dispose();
    }

    [Fact]
    public void A_counter_is_one_line_with_its_sum_its_tags_and_where_they_count()
    {
        // Given
        var records = _meter.CreateCounter<long>("marketolambda.records", "{record}");
        records.Add(300, new("job", "product_c"), new("result", "accepted"));
        records.Add(20, new("result", "accepted"), new("job", "product_c"));

        // When
        var line = Assert.Single(Flushed());

        // Then
        var directive = Assert.Single(line.GetProperty("_aws").GetProperty("CloudWatchMetrics").EnumerateArray());
        Assert.Equal(_time.GetUtcNow().ToUnixTimeMilliseconds(), line.GetProperty("_aws").GetProperty("Timestamp").GetInt64());
        Assert.Equal("MarketoLambda/stack", directive.GetProperty("Namespace").GetString());
        Assert.Equal([["job", "result"]], Dimensions(line));
        var metric = Assert.Single(directive.GetProperty("Metrics").EnumerateArray());
        Assert.Equal(("marketolambda.records", "Count"), (metric.GetProperty("Name").GetString(), metric.GetProperty("Unit").GetString()));
        Assert.Equal(320, line.GetProperty("marketolambda.records").GetDouble());
        Assert.Equal(("product_c", "accepted"), (line.GetProperty("job").GetString(), line.GetProperty("result").GetString()));
    }

    [Fact]
    public void Every_dimension_of_a_line_is_a_member_of_it_that_is_text()
    {
        _meter.CreateCounter<int>("marketolambda.notices", "{notice}").Add(1, new("job", "product_c"), new("code", "late-file"));
        _meter.CreateCounter<int>("marketolambda.calls", "{call}").Add(1, new("kind", "sync"), new("error.type", null));
        _meter.CreateCounter<int>("marketolambda.new.one").Add(1, new KeyValuePair<string, object?>("some", 7));

        var lines = Flushed();

        Assert.Equal(3, lines.Count);
        Assert.All(
            lines,
            line =>
                Assert.All(
                    Dimensions(line).SelectMany(set => set),
                    name => Assert.Equal(JsonValueKind.String, line.GetProperty(name).ValueKind)));
        Assert.Equal(
            [
                ["job", "code"],
                ["code"],
                [],
            ],
            Dimensions(lines[0]));
        Assert.Equal(
            [
                ["kind"],
            ],
            Dimensions(lines[1]));
        Assert.Equal(
            [
                ["some"],
            ],
            Dimensions(lines[2]));
    }

    [Fact]
    public void A_gauge_is_its_last_value_and_a_histogram_is_all_of_them_a_hundred_to_a_line()
    {
        var used = _meter.CreateGauge<int>("marketolambda.quota.used", "{call}");
        used.Record(100);
        used.Record(50);
        _meter.CreateObservableGauge(
            "marketolambda.mark.lag",
            () => new Measurement<double>(12.5, new KeyValuePair<string, object?>("job", "product_c")),
            "s");
        var waits = _meter.CreateHistogram<double>("marketolambda.wait", "s");
        for (var second = 0; second < 150; second++)
        {
            waits.Record(second, new KeyValuePair<string, object?>("reason", "rate_limit"));
        }

        var lines = Flushed();

        Assert.Equal(50, Single(lines, "marketolambda.quota.used").GetDouble());
        Assert.Equal(12.5, Single(lines, "marketolambda.mark.lag").GetDouble());
        Assert.Equal(
            [100, 50],
            lines
                .Where(line => line.TryGetProperty("marketolambda.wait", out _))
                .Select(line => line.GetProperty("marketolambda.wait").GetArrayLength()));
        Assert.Equal(
            "Seconds",
            lines
                .First(line => line.TryGetProperty("marketolambda.wait", out _))
                .GetProperty("_aws")
                .GetProperty("CloudWatchMetrics")[0]
                .GetProperty("Metrics")[0]
                .GetProperty("Unit")
                .GetString());
    }

    [Fact]
    public void What_was_written_is_not_written_again_and_other_meters_are_not_listened_to()
    {
        _meter.CreateCounter<long>("marketolambda.runs", "{run}").Add(1, new("job", "product_c"), new("outcome", "Succeeded"));
        using Meter other = new($"other-{Guid.NewGuid():N}");
        other.CreateCounter<long>("marketolambda.runs").Add(1);

        Assert.Single(Flushed());
        Assert.Empty(Flushed());
    }

    [Fact]
    public void It_may_be_counted_from_many_threads_at_once()
    {
        var calls = _meter.CreateCounter<long>("marketolambda.calls", "{call}");

        Parallel.For(0, 10_000, _ => calls.Add(1, new KeyValuePair<string, object?>("kind", "sync")));

        Assert.Equal(10_000, Single(Flushed(), "marketolambda.calls").GetDouble());
    }

    private static JsonElement Single(IReadOnlyList<JsonElement> lines, string metric) =>
        Assert.Single(lines, line => line.TryGetProperty(metric, out _)).GetProperty(metric);

    private static List<List<string>> Dimensions(JsonElement line) =>
        [
            .. line.GetProperty("_aws")
                .GetProperty("CloudWatchMetrics")[0]
                .GetProperty("Dimensions")
                .EnumerateArray()
                .Select(set => set.EnumerateArray().Select(name => name.GetString()!).ToList()),
        ];

    private List<JsonElement> Flushed()
    {
        _output.SetLength(0);
        _metrics.Flush();
        return
        [
            .. Encoding
                .UTF8.GetString(_output.ToArray())
                .Split('\n', StringSplitOptions.RemoveEmptyEntries)
                .Select(line => JsonDocument.Parse(line).RootElement),
        ];
    }
}
