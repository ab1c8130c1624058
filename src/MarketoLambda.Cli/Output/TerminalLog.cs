using Microsoft.Extensions.Logging;

namespace MarketoLambda.Cli.Output;

/// <summary>Tells warnings and errors of the libraries as one plain line each; what several calls say at once is said once.</summary>
internal sealed class TerminalLog : ILoggerProvider, ILogger
{
    private readonly Lock _gate = new();
    private string? _last;

    public ILogger CreateLogger(string categoryName) => this;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Warning;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (!IsEnabled(logLevel))
        {
            return;
        }

        var line = formatter(state, exception);
        lock (_gate)
        {
            if (Essence(line) == _last)
            {
                return;
            }

            _last = Essence(line);
            Terminal.Warning($"  {line}");
        }
    }

    public void Dispose()
    {
    }

    // Five calls that wait 119.8 s and 120.0 s for the same reason are one piece of news.
    private static string Essence(string line) => string.Concat(line.Where(character => !char.IsAsciiDigit(character) && character != '.'));
}
