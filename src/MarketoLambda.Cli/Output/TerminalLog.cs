using System.Text.RegularExpressions;
using MarketoLambda.Marketo.Errors;
using MarketoLambda.Sync.Logs;
using Microsoft.Extensions.Logging;

namespace MarketoLambda.Cli.Output;

/// <summary>Prints warnings and errors of the libraries as one plain line each; what several calls say at once is said once.</summary>
internal sealed partial class TerminalLog(TimeProvider time, Action<string> print, bool isDebug) : ILoggerProvider, ILogger
{
    /// <summary>Calls that are on their way together fail together.</summary>
    private static readonly TimeSpan AtOnce = TimeSpan.FromSeconds(5);

    private readonly Lock _gate = new();
    private readonly Dictionary<string, long> _told = [];

    public ILogger CreateLogger(string categoryName) => this;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Warning;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public void Log<TState>(
        LogLevel logLevel,
        EventId eventId,
        TState state,
        Exception? exception,
        Func<TState, Exception?, string> formatter)
    {
        if (!IsEnabled(logLevel) || eventId.Id == LogEvents.Notice) // the report lists them
        {
            return;
        }

        var line = TryAgain(state) ?? WithoutStack(state, formatter(state, exception));
        lock (_gate)
        {
            var essence = Fraction().Replace(line, "");
            if (_told.TryGetValue(essence, out var at) && time.GetElapsedTime(at) < AtOnce)
            {
                return;
            }

            _told[essence] = time.GetTimestamp();
            print(line);
        }
    }

    public void Dispose()
    {
    }

    /// <summary>A call that is made again, in the words of the error table; null for any other line.</summary>
    private static string? TryAgain<TState>(TState state)
    {
        if (state is not IReadOnlyList<KeyValuePair<string, object?>> properties)
        {
            return null;
        }

        var values = properties.ToDictionary(property => property.Key, property => property.Value);
        return values.GetValueOrDefault("DelaySeconds") is double seconds && values.GetValueOrDefault("Code") is string code
            ? $"{MarketoErrorCatalog.Find(code).Message} ({code}). The call is made again in "
                + $"{Duration.Text(TimeSpan.FromSeconds(seconds))} "
                + $"(try {values.GetValueOrDefault("Try")} of {values.GetValueOrDefault("MaxTries")})"
            : null;
    }

    // What a failure's sentence leaves out is for whoever asks for it.
    private string WithoutStack<TState>(TState state, string line)
    {
        var stack =
            (state as IReadOnlyList<KeyValuePair<string, object?>>)?.FirstOrDefault(property => property.Key == "StackTrace").Value
            as string;
        return isDebug || string.IsNullOrEmpty(stack)
            ? line
            : $"{line.Replace(stack, "", StringComparison.Ordinal).TrimEnd()}; --debug shows where";
    }

    // Five calls that wait 119.8 s and 120.0 s for the same reason are one piece of news; their second and third try are two.
    [GeneratedRegex(@"\d+\.\d+")]
    private static partial Regex Fraction();
}
