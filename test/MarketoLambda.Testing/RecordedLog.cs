using Microsoft.Extensions.Logging;

namespace MarketoLambda.Testing;

/// <summary>Keeps every line of every category and level.</summary>
public sealed class RecordedLog : ILoggerProvider
{
    public List<string> Lines { get; } = [];

    public ILogger CreateLogger(string categoryName) => new Logger(categoryName, Lines);

    public void Dispose()
    {
    }

    private sealed class Logger(string category, List<string> lines) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel,
            EventId eventId,
            TState state,
            Exception? exception,
            Func<TState, Exception?, string> formatter
        ) => lines.Add($"{logLevel} {category}[{eventId.Id}] {formatter(state, exception)} {exception}");
    }
}
