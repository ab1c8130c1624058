using System.Text.Json;
using MarketoLambda.Emulator.Http;
using MarketoLambda.Emulator.Identity;
using MarketoLambda.Marketo.Tests.Emulator;

namespace MarketoLambda.Marketo.Tests.Calls;

/// <summary>
/// Marketo's limits are shared: what another integration that heeds nobody leaves is used, refusals are rare, and when it is gone all is
/// used again.
/// </summary>
public sealed class OtherIntegrationTests(ITestOutputHelper output)
{
    [Fact]
    public void The_rate_adapts_to_what_another_integration_leaves_and_recovers()
    {
        // Given
        using var world = new EmulatedMarketo(subscription => subscription.Latency = TimeSpan.FromMilliseconds(400));

        // When: it uses 80 of the 100 calls per 20 s
        var (together, alone) = Race(world, everyOther: TimeSpan.FromMilliseconds(250));

        // Then
        Assert.InRange(together.PerWindow, 10, 20);
        Assert.InRange(together.RefusedShare, 0.001, 0.15);
        Assert.InRange(alone.PerWindow, 45, 50);
        Assert.Equal(0, alone.Refused);
    }

    [Fact]
    public void The_calls_in_flight_adapt_to_what_another_integration_leaves_and_recover()
    {
        // Given: five calls of 4 s at once would give 25 calls per 20 s
        using var world = new EmulatedMarketo(
            subscription => subscription.Latency = TimeSpan.FromSeconds(4),
            settings => settings.CallsPer20Seconds = 100);

        // When: it holds 8 of the 10 places
        var (together, alone) = Race(world, everyOther: TimeSpan.FromMilliseconds(500));

        // Then: two places give 10 calls
        Assert.InRange(together.PerWindow, 5, 13);
        Assert.InRange(together.RefusedShare, 0.001, 0.3);
        Assert.InRange(alone.PerWindow, 23, 25);
        Assert.Equal(0, alone.Refused);
    }

    /// <summary>20 minutes beside a caller at fixed intervals, four to recover, and ten alone.</summary>
    private (Rate Together, Rate Alone) Race(EmulatedMarketo world, TimeSpan everyOther)
    {
        var (time, done, isOver) = (world.Client.Time, 0, false);
        var (together, alone) = (default(Rate), default(Rate));
        time.Run(async () =>
        {
            var own = Task.WhenAll(Enumerable.Range(0, 10).Select(_ => OwnAsync()));
            var others = OtherAsync(time.GetUtcNow().AddMinutes(20));
            together = await MeasureAsync(TimeSpan.FromMinutes(20));
            await others;
            await Task.Delay(TimeSpan.FromMinutes(4), time);
            alone = await MeasureAsync(TimeSpan.FromMinutes(10));
            isOver = true;
            await own;
        });
        output.WriteLine($"together {together}, alone {alone}");
        return (together, alone);

        async Task OwnAsync()
        {
            while (!isOver)
            {
                await world.Client.SyncAsync();
                done++;
            }
        }

        async Task OtherAsync(DateTimeOffset end)
        {
            var identity = await world.Marketo.AnswerAsync(
                new EmulatorRequest(
                    "GET",
                    "/identity/oauth/token",
                    $"grant_type=client_credentials&client_id={CustomService.DefaultClientId}&client_secret={CustomService.DefaultClientSecret}",
                    ReadOnlyMemory<byte>.Empty),
                CancellationToken.None);
            var token = JsonDocument.Parse(identity.Body).RootElement.GetProperty("access_token").GetString();
            EmulatorRequest call = new("GET", "/rest/v1/customobjects/car_c/describe.json", "", ReadOnlyMemory<byte>.Empty)
            {
                Authorization = $"Bearer {token}",
            };
            while (time.GetUtcNow() < end)
            {
                _ = world.Marketo.AnswerAsync(call, CancellationToken.None);
                await Task.Delay(everyOther, time);
            }
        }

        async Task<Rate> MeasureAsync(TimeSpan duration)
        {
            var (doneBefore, refusedBefore) = (done, Refused());
            await Task.Delay(duration, time);
            return new Rate((done - doneBefore) / (duration / TimeSpan.FromSeconds(20)), Refused() - refusedBefore, done - doneBefore);
        }

        int Refused() => world.Client.Log.Lines.Count(line => line.Contains("[1002]", StringComparison.Ordinal));
    }

    private readonly record struct Rate(double PerWindow, int Refused, int Done)
    {
        public double RefusedShare => (double)Refused / Done;
    }
}
