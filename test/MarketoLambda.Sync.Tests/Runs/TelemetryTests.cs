using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using MarketoLambda.Emulator.Calls;
using MarketoLambda.Emulator.Faults;
using MarketoLambda.Marketo.Telemetry;
using MarketoLambda.Sync.Jobs;
using MarketoLambda.Testing;

namespace MarketoLambda.Sync.Tests.Runs;

/// <summary>
/// What a run measures, as whoever listens hears it. A simulation stays in its thread, so others are told apart by theirs.
/// </summary>
public sealed class TelemetryTests : IDisposable
{
    private readonly SyncScenario _scenario = new SyncScenario().Initialized();
    private readonly ConcurrentBag<string> _heard = [];
    private readonly ConcurrentBag<(string Name, string? Parent)> _activities = [];
    private readonly MeterListener _meters = new();
    private readonly ActivityListener _spans;
    private readonly int _thread = Environment.CurrentManagedThreadId;

    public TelemetryTests()
    {
        _meters.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == MarketoTelemetry.Name)
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _meters.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Hear(instrument, value, tags));
        _meters.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Hear(instrument, Math.Round(value), tags));
        _meters.Start();
        _spans = new ActivityListener
        {
            ShouldListenTo = source => source.Name == MarketoTelemetry.Name,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = activity =>
            {
                if (Environment.CurrentManagedThreadId == _thread)
                {
                    _activities.Add((activity.OperationName, activity.Parent?.OperationName));
                }
            },
        };
        ActivitySource.AddActivityListener(_spans);
    }

    public void Dispose()
    {
        _spans.Dispose();
        _meters.Dispose();
    }

    [Fact]
    public void Rejects_that_are_open_and_those_that_wait_are_measured_apart()
    {
        // Given
        SyncScenario scenario = new() { KeepsRejectsInMarketo = true };
        scenario.Job = scenario.Job with
        {
            Fields = [new FieldMapping("sku", "Key"), new FieldMapping("amount", "Value"), new FieldMapping("owner", "Owner")],
        };
        scenario.Initialized().Source.Add("b", "many").Add([new("c", "3", Owner: "7"), new("d", "4", Owner: "8")]);

        // When
        scenario.Run();

        // Then
        Assert.Contains("marketolambda.rejects 1 {record} job=product_c state=open", _heard);
        Assert.Contains("marketolambda.rejects 2 {record} job=product_c state=waiting", _heard);
        Assert.Contains("marketolambda.records 2 {record} job=product_c result=waiting", _heard);
    }

    [Fact]
    public void A_run_counts_itself_its_records_and_its_calls_and_says_what_it_waited_for()
    {
        // Given: a write that is refused as one too many, and one whose outcome is unclear
        _scenario.Source.Add(700).Add("key-000001", "2").AddUnreadable();
        _scenario.Marketo.Faults.On(CallKind.Sync, Fault.Code("606"), objectName: SyncScenario.Product);
        _scenario.Marketo.Faults.On(CallKind.Sync, Fault.Code("502").BeforeEffect(), nth: 2, objectName: SyncScenario.Product);

        // When
        _scenario.Run();

        // Then
        Assert.Contains("marketolambda.runs 1 {run} job=product_c outcome=Succeeded", _heard);
        Assert.Contains(
            _heard,
            heard =>
                heard.StartsWith("marketolambda.records 70", StringComparison.Ordinal)
                && heard.EndsWith("{record} job=product_c result=accepted", StringComparison.Ordinal));
        Assert.Contains("marketolambda.records 1 {record} job=product_c result=rejected", _heard);
        Assert.Contains("marketolambda.calls 1 {call} kind=sync", _heard);
        Assert.Contains("marketolambda.calls 1 {call} error.type=606 kind=sync", _heard);
        Assert.Contains("marketolambda.calls 1 {call} error.type=502 kind=sync", _heard);
        Assert.Contains(_heard, heard => heard.StartsWith("marketolambda.quota.used ", StringComparison.Ordinal));
        Assert.Contains(
            _heard,
            heard =>
                heard.StartsWith("marketolambda.wait ", StringComparison.Ordinal)
                && heard.EndsWith("s reason=rate_limit", StringComparison.Ordinal));
        Assert.Contains(
            _heard,
            heard =>
                heard.StartsWith("marketolambda.wait 120 s reason=hold_off", StringComparison.Ordinal)
                || heard.StartsWith("marketolambda.wait 12", StringComparison.Ordinal));
        var line = Assert.Single(_scenario.Log.Lines, line => line.Contains("[2032]", StringComparison.Ordinal));
        Assert.DoesNotContain(" 0 ms before tries again", line, StringComparison.Ordinal);
    }

    [Fact]
    public void A_run_is_the_parent_of_its_batches_and_these_of_their_calls()
    {
        // Given
        _scenario.Source.Add(700);

        // When
        _scenario.Run();

        // Then
        Assert.Contains(("run", null), _activities);
        Assert.Equal(3, _activities.Count(activity => activity == ("batch", "run")));
        Assert.Equal(4, _activities.Count(activity => activity == ("call", "batch"))); // the first one asks how much of the quota is used
        Assert.Contains(("call", "run"), _activities);
    }

    private void Hear(Instrument instrument, object value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        if (Environment.CurrentManagedThreadId == _thread)
        {
            var text = string.Concat(
                tags.ToArray().OrderBy(tag => tag.Key, StringComparer.Ordinal).Select(tag => $" {tag.Key}={tag.Value}"));
            _heard.Add($"{instrument.Name} {value} {instrument.Unit}{text}");
        }
    }
}
