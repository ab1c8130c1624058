using System.Text;
using System.Text.Json;
using MarketoLambda.Hosting.Logs;
using MarketoLambda.Testing;
using Microsoft.Extensions.Logging;

namespace MarketoLambda.Hosting.Tests.Logs;

public sealed class JsonLogTests : IDisposable
{
    private readonly MemoryStream _output = new();

    public void Dispose() => _output.Dispose();

    [Fact]
    public void An_entry_is_one_line_of_json_with_its_values_as_members()
    {
        // When
        Logger()
            .LogWarning(
                new EventId(7),
                "Import of {Job} moved {Records} records\nsince {Since}",
                "product_c",
                12L,
                new DateTimeOffset(2026, 11, 4, 13, 0, 0, TimeSpan.FromHours(1)));

        // Then
        var entry = Assert.Single(Entries());
        Assert.Equal("Warning", entry.GetProperty("level").GetString());
        Assert.Equal("2026-11-04T12:00:00Z", entry.GetProperty("timestamp").GetString());
        Assert.Equal(7, entry.GetProperty("eventId").GetInt32());
        Assert.Equal("product_c", entry.GetProperty("Job").GetString());
        Assert.Equal(12, entry.GetProperty("Records").GetInt64());
        Assert.Equal("2026-11-04T12:00:00Z", entry.GetProperty("Since").GetString());
        Assert.False(entry.TryGetProperty("{OriginalFormat}", out _));
    }

    [Fact]
    public void Scopes_are_members_too()
    {
        var logger = Logger();
        using (logger.BeginScope(new Dictionary<string, object?> { ["requestId"] = "abc" }))
        {
            logger.LogInformation("inside");
        }

        logger.LogInformation("outside");

        Assert.Equal("abc", Entries()[0].GetProperty("requestId").GetString());
        Assert.False(Entries()[1].TryGetProperty("requestId", out _));
    }

    [Fact]
    public void An_exceptions_words_are_left_out()
    {
        Logger().LogError(new InvalidOperationException("jane@example.com"), "it failed");

        Assert.Equal("System.InvalidOperationException", Assert.Single(Entries()).GetProperty("exceptionType").GetString());
        Assert.DoesNotContain("jane", Encoding.UTF8.GetString(_output.ToArray()), StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_below_information_is_left_out()
    {
        Logger().LogDebug("details");

        Assert.Empty(Entries());
    }

    private ILogger Logger() =>
        LoggerFactory
            .Create(logging => logging.SetMinimumLevel(LogLevel.Trace).AddProvider(new JsonLog(_output, new VirtualTime())))
            .CreateLogger("test");

    private List<JsonElement> Entries() =>
        [
            .. Encoding
                .UTF8.GetString(_output.ToArray())
                .Split('\n', StringSplitOptions.RemoveEmptyEntries)
                .Select(line => JsonDocument.Parse(line).RootElement),
        ];
}
