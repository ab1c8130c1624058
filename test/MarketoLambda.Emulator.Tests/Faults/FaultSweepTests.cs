using System.Net.Http.Headers;
using System.Text;
using MarketoLambda.Emulator.Calls;
using MarketoLambda.Emulator.Faults;

namespace MarketoLambda.Emulator.Tests.Faults;

/// <summary>Every fault at every call of a small story, before, after and long after its effect.</summary>
public sealed class FaultSweepTests
{
    private static readonly (string Uri, string? Body)[] Story =
    [
        ("/identity/oauth/token?grant_type=client_credentials&client_id=emulator-client&client_secret=emulator-secret", null),
        ("/rest/v1/customobjects/car_c/describe.json", null),
        ("/rest/v1/customobjects/car_c.json", """{"input":[{"vin":"a"},{"vin":"b"}]}"""),
        ("/rest/v1/customobjects/car_c.json?filterType=vin&filterValues=a,b", null),
        ("/rest/v1/customobjects/car_c.json?names=" + new string('x', 9000), null),
        ("/rest/v1/customobjects/car_c/delete.json", """{"input":[{"vin":"a"}]}"""),
        ("/rest/v1/stats/usage.json", null),
    ];

    private static readonly Fault[] Answers =
    [
        .. MarketoCodes.All.Select(code => Fault.Code(code)),
        Fault.Http(502),
        Fault.Http(503, ""),
        Fault.BrokenConnection(),
        Fault.Hang(),
        Fault.Hang(TimeSpan.FromSeconds(120)),
        Fault.Slow(TimeSpan.FromSeconds(90)),
        Fault.Garbage(),
        Fault.EmptyBody(),
        Fault.TruncatedJson(),
        Fault.ShortResult(),
        Fault.ShortResult(9),
        Fault.SkipRecords("1003"),
    ];

    public static TheoryData<int> Calls => [.. Enumerable.Range(1, Story.Length)];

    [Theory]
    [MemberData(nameof(Calls))]
    public async Task Whatever_goes_wrong_with_a_call_the_emulator_goes_on(int number)
    {
        // Given
        var faults = Answers.SelectMany(fault =>
            new[] { fault.BeforeEffect(), fault.AfterEffect(), fault.TakesEffectAfter(TimeSpan.FromSeconds(300)) });

        await Assert.AllAsync(
            faults,
            async fault =>
            {
                using var marketo = new SubscriptionUnderTest().WithObjects();
                marketo.Emulator.Faults.OnCall(number, fault);
                // When
                await TellAsync(marketo);
                // Then
                Assert.Equal((Story.Length, 0), (marketo.Emulator.Calls.Arrived, marketo.Emulator.Limits.InFlight));
                Assert.DoesNotContain(marketo.Emulator.Calls.Newest, call => call.Outcome is null);
                Assert.InRange(marketo.Emulator.Count("car_c"), 0, 2);
            });
    }

    private static async Task TellAsync(SubscriptionUnderTest marketo)
    {
        foreach (var (uri, body) in Story)
        {
            await CallAsync(marketo, uri, body);
        }

        marketo.Time.Advance(TimeSpan.FromSeconds(300));
    }

    /// <summary>Calls as a client would that waits 150 s and takes nothing for granted.</summary>
    private static async Task CallAsync(SubscriptionUnderTest marketo, string uri, string? body)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(150), marketo.Time);
        using var request = new HttpRequestMessage(body is null ? HttpMethod.Get : HttpMethod.Post, uri);
        request.Content = body is null ? null : new StringContent(body, Encoding.UTF8, "application/json");
        var call = marketo.Http.SendAsync(request, patience.Token);
        marketo.Time.Advance(call.IsCompleted ? TimeSpan.Zero : TimeSpan.FromSeconds(150));
        var lost = await Record.ExceptionAsync(async () =>
        {
            using var response = await call;
            SignIn(marketo, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        });
        Assert.True(lost is null or HttpRequestException or OperationCanceledException, lost?.ToString());
    }

    private static void SignIn(SubscriptionUnderTest marketo, string answer)
    {
        const string Before = "{\"access_token\":\"";
        if (answer.StartsWith(Before, StringComparison.Ordinal))
        {
            marketo.Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue(
                "Bearer",
                answer[Before.Length..].Split('"')[0]);
        }
    }
}
