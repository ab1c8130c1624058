using MarketoLambda.Cli.Output;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace MarketoLambda.Cli.Tests.Output;

public sealed class TerminalLogTests : IDisposable
{
    private readonly FakeTimeProvider _time = new();
    private readonly List<string> _told = [];
    private readonly TerminalLog _log;

    public TerminalLogTests() => _log = new TerminalLog(_time, _told.Add, isDebug: false);

    public void Dispose() => _log.Dispose();

    [Fact]
    public void What_several_calls_say_at_once_is_said_once_and_every_try_by_itself()
    {
        foreach (
            var line in new[]
            {
                "try 2 of 4 in 0.4 s",
                "try 2 of 4 in 0.9 s",
                "try 3 of 4 in 1.2 s",
                "try 2 of 4 in 0.7 s",
                "try 3 of 4 in 1.9 s",
                "try 4 of 4 in 3.0 s",
            }
        )
        {
            Log(LogLevel.Warning, line);
        }

        Assert.Equal(["try 2 of 4 in 0.4 s", "try 3 of 4 in 1.2 s", "try 4 of 4 in 3.0 s"], _told);
    }

    [Fact]
    public void The_same_trouble_later_is_news()
    {
        Log(LogLevel.Warning, "try 2 of 4 in 0.4 s");
        _time.Advance(TimeSpan.FromSeconds(20));
        Log(LogLevel.Warning, "try 2 of 4 in 0.4 s");

        Assert.Equal(2, _told.Count);
    }

    [Fact]
    public void What_is_no_warning_is_not_told()
    {
        Log(LogLevel.Information, "started");

        Assert.Empty(_told);
    }

    [Theory]
    [InlineData(false, "failed with X; --debug shows where")]
    [InlineData(true, "failed with X at Y.Z()")]
    public void A_stack_is_told_only_to_whoever_asks_for_it(bool isDebug, string line)
    {
        using TerminalLog log = new(_time, _told.Add, isDebug);

        log.Log<IReadOnlyList<KeyValuePair<string, object?>>>(
            LogLevel.Error,
            default,
            [new("StackTrace", "at Y.Z()")],
            exception: null,
            (_, _) => "failed with X at Y.Z()");

        Assert.Equal([line], _told);
    }

    private void Log(LogLevel level, string line) => _log.Log(level, default, line, exception: null, (state, _) => state);
}
