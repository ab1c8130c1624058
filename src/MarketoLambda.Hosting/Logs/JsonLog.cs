using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.Logging;

namespace MarketoLambda.Hosting.Logs;

/// <summary>Writes each log entry as one JSON object a line, its values as members: what metric filters and queries count on.</summary>
/// <remarks>Of an exception it writes type and place, never the message: other people's may quote a field value.</remarks>
public sealed class JsonLog(Stream output, TimeProvider time) : ILoggerProvider, ISupportExternalScope
{
    private readonly Lock _gate = new();
    private IExternalScopeProvider? _scopes;

    public ILogger CreateLogger(string categoryName) => new Category(categoryName, this);

    public void SetScopeProvider(IExternalScopeProvider scopeProvider) => _scopes = scopeProvider;

    public void Dispose()
    {
    }

    private void Write(byte[] line)
    {
        lock (_gate)
        {
            output.Write(line);
            output.Flush();
        }
    }

    private byte[] Line(string category, LogLevel level, EventId id, string message, object? values, Exception? exception)
    {
        using MemoryStream line = new();
        using (Utf8JsonWriter json = new(line))
        {
            json.WriteStartObject();
            json.WriteString("timestamp", time.GetUtcNow().UtcDateTime);
            json.WriteString("level", level.ToString());
            json.WriteNumber("eventId", id.Id);
            json.WriteString("category", category);
            json.WriteString("message", message);
            _scopes?.ForEachScope(WriteMembers, json);
            WriteMembers(values, json);
            if (exception is not null)
            {
                json.WriteString("exceptionType", exception.GetType().FullName);
                json.WriteString("stackTrace", exception.StackTrace);
            }

            json.WriteEndObject();
        }

        line.WriteByte((byte)'\n');
        return line.ToArray();
    }

    private static void WriteMembers(object? values, Utf8JsonWriter json)
    {
        foreach (var (name, value) in values as IEnumerable<KeyValuePair<string, object?>> ?? [])
        {
            if (name != "{OriginalFormat}")
            {
                WriteMember(json, name, value);
            }
        }
    }

    private static void WriteMember(Utf8JsonWriter json, string name, object? value)
    {
        switch (value)
        {
            case int or long:
                json.WriteNumber(name, Convert.ToInt64(value, CultureInfo.InvariantCulture));
                break;
            case double number when double.IsFinite(number):
                json.WriteNumber(name, number);
                break;
            case bool flag:
                json.WriteBoolean(name, flag);
                break;
            case DateTimeOffset moment:
                json.WriteString(name, moment.UtcDateTime);
                break;
            default:
                json.WriteString(name, Convert.ToString(value, CultureInfo.InvariantCulture));
                break;
        }
    }

    private sealed class Category(string name, JsonLog log) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => log._scopes?.Push(state);

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Information;

        public void Log<TState>(
            LogLevel logLevel,
            EventId eventId,
            TState state,
            Exception? exception,
            Func<TState, Exception?, string> formatter)
        {
            if (!IsEnabled(logLevel))
            {
                return;
            }

            var line = log.Line(name, logLevel, eventId, formatter(state, exception), state, exception);
            log.Write(line);
        }
    }
}
