using System.Diagnostics.Metrics;
using System.Text.Json;
using MarketoLambda.Marketo.Telemetry;

namespace MarketoLambda.Hosting.Logs;

/// <summary>
/// Collects what a <see cref="Meter"/> measures during an invocation, and writes it as lines of CloudWatch's embedded metric format.
/// </summary>
/// <remarks>
/// The log is on its way to CloudWatch anyway, so metrics cost no call and no waiting.
/// Source: Amazon CloudWatch user guide, "Specification: Embedded metric format".
/// </remarks>
public sealed class EmbeddedMetrics : IDisposable
{
    /// <summary>Values one member may hold.</summary>
    private const int MaxValues = 100;

    private readonly Lock _gate = new();
    private readonly Dictionary<(string Instrument, string Tags), Series> _collected = [];
    private readonly MeterListener _listener = new();
    private readonly Stream _output;
    private readonly string _namespace;
    private readonly TimeProvider _time;

    /// <param name="output">Takes whole lines, each in one writing.</param>
    /// <param name="nameSpace">CloudWatch's namespace of all metrics.</param>
    /// <param name="meterName">Whose instruments are listened to.</param>
    public EmbeddedMetrics(Stream output, string nameSpace, TimeProvider time, string meterName = MarketoTelemetry.Name)
    {
        (_output, _namespace, _time) = (output, nameSpace, time);
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == meterName)
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<int>((instrument, value, tags, _) => Take(instrument, value, tags));
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Take(instrument, value, tags));
        _listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Take(instrument, value, tags));
        _listener.Start();
    }

    /// <summary>Writes what was measured since the last time; nothing where nothing was.</summary>
    public void Flush()
    {
        _listener.RecordObservableInstruments();
        List<Series> series;
        lock (_gate)
        {
            series = [.. _collected.Values];
            _collected.Clear();
        }

        foreach (var one in series)
        {
            foreach (var values in one.Values.Chunk(MaxValues))
            {
                _output.Write(Line(one, values));
            }
        }

        _output.Flush();
    }

    public void Dispose() => _listener.Dispose();

    private void Take(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        SortedDictionary<string, string> members = new(StringComparer.Ordinal);
        foreach (var (name, text) in tags)
        {
            if (text is not null)
            {
                members[name] = Convert.ToString(text, System.Globalization.CultureInfo.InvariantCulture) ?? "";
            }
        }

        lock (_gate)
        {
            var key = (instrument.Name, string.Join('\n', members.Select(member => $"{member.Key}={member.Value}")));
            if (!_collected.TryGetValue(key, out var series))
            {
                series = _collected[key] = new Series(instrument, members);
            }

            series.Take(value);
        }
    }

    private byte[] Line(Series series, IReadOnlyList<double> values)
    {
        using MemoryStream line = new();
        using (Utf8JsonWriter json = new(line))
        {
            json.WriteStartObject();
            WriteDefinition(json, series);
            foreach (var (name, value) in series.Tags)
            {
                json.WriteString(name, value);
            }

            WriteValues(json, series.Name, values);
            json.WriteEndObject();
        }

        line.WriteByte((byte)'\n');
        return line.ToArray();
    }

    /// <summary>The member by which CloudWatch knows what to take out of the line.</summary>
    private void WriteDefinition(Utf8JsonWriter json, Series series)
    {
        json.WriteStartObject("_aws");
        json.WriteNumber("Timestamp", _time.GetUtcNow().ToUnixTimeMilliseconds());
        json.WriteStartArray("CloudWatchMetrics");
        json.WriteStartObject();
        json.WriteString("Namespace", _namespace);
        json.WriteStartArray("Dimensions");
        foreach (var dimensions in MetricDimensions.Select(series.Name, [.. series.Tags.Keys]))
        {
            json.WriteStartArray();
            foreach (var dimension in dimensions)
            {
                json.WriteStringValue(dimension);
            }

            json.WriteEndArray();
        }

        json.WriteEndArray();
        json.WriteStartArray("Metrics");
        json.WriteStartObject();
        json.WriteString("Name", series.Name);
        json.WriteString("Unit", series.Unit == "s" ? "Seconds" : "Count");
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteValues(Utf8JsonWriter json, string name, IReadOnlyList<double> values)
    {
        if (values is [var only])
        {
            json.WriteNumber(name, only);
            return;
        }

        json.WriteStartArray(name);
        foreach (var value in values)
        {
            json.WriteNumberValue(value);
        }

        json.WriteEndArray();
    }

    /// <summary>One instrument with one set of tags: a sum, the last value of a gauge, or all values of a histogram.</summary>
    private sealed class Series(Instrument instrument, IReadOnlyDictionary<string, string> tags)
    {
        private readonly bool _isGauge = IsA(instrument, typeof(Gauge<>), typeof(ObservableGauge<>));
        private readonly bool _isHistogram = IsA(instrument, typeof(Histogram<>));
        private readonly List<double> _values = [];

        public string Name => instrument.Name;

        public string? Unit => instrument.Unit;

        public IReadOnlyDictionary<string, string> Tags => tags;

        public IEnumerable<double> Values => _values;

        public void Take(double value)
        {
            if (_isHistogram || _values.Count == 0)
            {
                _values.Add(value);
            }
            else
            {
                _values[0] = _isGauge ? value : _values[0] + value;
            }
        }

        private static bool IsA(Instrument instrument, params ReadOnlySpan<Type> kinds) =>
            instrument.GetType() is { IsGenericType: true } type && kinds.Contains(type.GetGenericTypeDefinition());
    }
}
