using MarketoLambda.Marketo.Calls;
using MarketoLambda.Marketo.Errors;

namespace MarketoLambda.Marketo.Tests.Limits;

public sealed class DailyBudgetTests
{
    [Fact]
    public void Imports_stop_at_the_share_whoever_used_it()
    {
        // Given
        using var client = Client(usedByOthers: 75, quota: 100);

        // When
        for (var i = 0; i < 4; i++)
        {
            client.Run(() => client.SyncAsync(purpose: CallPurpose.Import));
        }

        var error = client.Fails<MarketoQuotaExceededException>(() => client.SyncAsync(purpose: CallPurpose.Import));

        // Then
        Assert.Equal(4, Syncs(client)); // 75 of others, 1 to ask, 4 imports: 80 of 80.
        Assert.StartsWith(
            "80 of the 80 calls a day that imports may use are used (80 of 100, all integrations together): ",
            error.Message,
            StringComparison.Ordinal);
        Assert.Equal(new DateTimeOffset(2026, 11, 5, 6, 0, 0, TimeSpan.Zero), error.ResetsAt);
        Assert.Null(error.Code);
    }

    [Fact]
    public void State_calls_go_on_when_imports_have_stopped()
    {
        // Given
        using var client = Client(usedByOthers: 99, quota: 100);
        client.Fails<MarketoQuotaExceededException>(() => client.SyncAsync(purpose: CallPurpose.Import));

        // When
        client.Run(() => client.SyncAsync(purpose: CallPurpose.State));

        // Then
        Assert.Equal(1, Syncs(client));
    }

    [Fact]
    public void A_program_that_never_imports_never_asks_how_much_was_used()
    {
        // Given
        using var client = Client(usedByOthers: 0, quota: 100);

        // When
        client.Run(() => client.SyncAsync(purpose: CallPurpose.State));

        // Then
        Assert.Equal(0, UsageReadings(client));
    }

    [Fact]
    public void Usage_is_read_before_the_first_import_and_every_250_calls()
    {
        // Given
        using var client = Client(usedByOthers: 0, quota: 50_000);

        // When
        for (var i = 0; i < 600; i++)
        {
            client.Run(() => client.SyncAsync(purpose: CallPurpose.Import));
        }

        // Then
        Assert.Equal(3, UsageReadings(client));
        Assert.Contains("usage", client.Marketo.Calls[0].Url, StringComparison.Ordinal);
    }

    [Fact]
    public void Imports_at_once_cannot_overshoot_the_share_together()
    {
        // Given
        using var client = Client(usedByOthers: 70, quota: 100);
        var latency = TimeSpan.FromSeconds(1);

        // When
        client.Time.Run(async () =>
        {
            client.Marketo.Otherwise = async (call, _) =>
            {
                await Task.Delay(latency, client.Time, CancellationToken.None);
                return Answer(call, used: 70);
            };
            await Task.WhenAll(Enumerable.Range(0, 30).Select(async _ =>
            {
                try
                {
                    await client.SyncAsync(purpose: CallPurpose.Import);
                }
                catch (MarketoQuotaExceededException)
                {
                }
            }));
        });

        // Then
        Assert.Equal((1, 9), (UsageReadings(client), Syncs(client)));
    }

    [Fact]
    public void A_new_day_starts_with_what_marketo_says()
    {
        // Given
        using var client = Client(usedByOthers: 99, quota: 100);
        client.Fails<MarketoQuotaExceededException>(() => client.SyncAsync(purpose: CallPurpose.Import));
        client.Marketo.Otherwise = (call, _) => Task.FromResult(Answer(call, used: 0));

        // When
        client.Time.Advance(TimeSpan.FromHours(18)); // From 12:00 UTC to 06:00 UTC.
        client.Run(() => client.SyncAsync(purpose: CallPurpose.Import));

        // Then
        Assert.Equal((2, 1), (UsageReadings(client), Syncs(client)));
    }

    [Fact]
    public void Without_permission_to_read_usage_only_own_calls_count_and_it_is_said_once()
    {
        // Given
        using var client = new MarketoUnderTest(options => (options.DailyQuota, options.DailySharePercent) = (1000, 60));
        client.Marketo.Otherwise = (call, _) =>
            Task.FromResult(
                ScriptedMarketo.Json(
                    call.Url.Contains("usage", StringComparison.Ordinal)
                        ? ScriptedMarketo.ErrorJson("603", "Access denied")
                        : Some.Created()));

        // When
        for (var i = 0; i < 599; i++)
        {
            client.Run(() => client.SyncAsync(purpose: CallPurpose.Import));
        }

        client.Fails<MarketoQuotaExceededException>(() => client.SyncAsync(purpose: CallPurpose.Import));

        // Then
        Assert.Equal((1, 599), (UsageReadings(client), Syncs(client)));
        Assert.Single(client.Log.Lines, line => line.Contains("[1001]", StringComparison.Ordinal));
    }

    private static MarketoUnderTest Client(int usedByOthers, int quota)
    {
        var client = new MarketoUnderTest(options => (options.DailyQuota, options.CallsInFlight) = (quota, 10));
        client.Marketo.Otherwise = (call, _) => Task.FromResult(Answer(call, used: usedByOthers + client.Marketo.Calls.Count - 1));
        return client;
    }

    private static HttpResponseMessage Answer(ReceivedCall call, int used) =>
        ScriptedMarketo.Json(
            call.Url.Contains("usage", StringComparison.Ordinal)
                ? $$"""{"requestId":"a#1","success":true,"result":[{"date":"2026-11-04","total":{{used}},"users":[{"userId":"api@example.com","count":{{used}}}]}]}"""
                : Some.Created());

    private static int UsageReadings(MarketoUnderTest client) =>
        client.Marketo.Calls.Count(call => call.Url.Contains("usage", StringComparison.Ordinal));

    private static int Syncs(MarketoUnderTest client) => client.Marketo.Calls.Count(call => call.Method == "POST");
}
