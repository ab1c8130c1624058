using MarketoLambda.Marketo.Calls;
using MarketoLambda.Marketo.Errors;
using MarketoLambda.Testing;

namespace MarketoLambda.Marketo.Tests.Calls;

/// <summary>Retries are kept to a tenth of what succeeds, and the last ones are for the program's own records.</summary>
public sealed class RetryBudgetTests
{
    private readonly VirtualTime _time = new();
    private readonly RetryBudget _budget;

    public RetryBudgetTests() => _budget = new RetryBudget(_time);

    [Fact]
    public void A_short_run_has_some_without_having_earned_them_and_the_last_are_for_state()
    {
        Assert.Equal((15, 5), (Take(CallPurpose.Import), Take(CallPurpose.State)));
        Assert.Equal((0, 0), (Take(CallPurpose.Probe), Take(CallPurpose.State)));
    }

    [Fact]
    public void Ten_successes_earn_one_but_no_more_than_the_store_holds()
    {
        // Given
        Earn(1000);
        Assert.Equal(15, Take(CallPurpose.Import));

        // When
        Earn(30);

        // Then
        Assert.Equal(3, Take(CallPurpose.Import));
    }

    [Fact]
    public void The_store_fills_up_again_within_an_hour()
    {
        // Given
        Take(CallPurpose.State);

        // When
        _time.Advance(TimeSpan.FromHours(1));

        // Then
        Assert.Equal((15, 5), (Take(CallPurpose.Import), Take(CallPurpose.State)));
    }

    [Fact]
    public void Used_up_a_call_fails_at_once_and_says_why_while_state_still_gets_through()
    {
        // Given: imports fail at every other call
        using var client = new MarketoUnderTest();
        client.Marketo.Otherwise = (call, _) => Task.FromResult(ScriptedMarketo.Json(
            call.Url.Contains("usage", StringComparison.Ordinal) ? """{"requestId":"a#1","success":true,"result":[]}"""
            : client.Marketo.Calls.Count % 2 == 0 ? ScriptedMarketo.ErrorJson("719") : Some.Created()));
        var imported = 0;

        // When
        var error = client.Fails<MarketoUnavailableException>(async () =>
        {
            while (imported < 100)
            {
                await client.SyncAsync(purpose: CallPurpose.Import);
                imported++;
            }
        });
        client.Run(() => client.SyncAsync(purpose: CallPurpose.State));

        // Then
        Assert.InRange(imported, 15, 20);
        Assert.Contains("retries are kept to a tenth", error.Message, StringComparison.Ordinal);
        Assert.Equal("719", error.Code);
    }

    [Fact]
    public void Refusals_as_one_too_many_cost_nothing()
    {
        // Given
        using var client = new MarketoUnderTest();
        client.Marketo.Otherwise = (_, _) =>
            Task.FromResult(
                ScriptedMarketo.Json(
                    client.Marketo.Calls.Count % 10 == 0
                        ? Some.Created()
                        : ScriptedMarketo.ErrorJson(client.Marketo.Calls.Count % 2 == 0 ? "606" : "615")));

        // When
        client.Time.Run(async () =>
        {
            for (var call = 0; call < 20; call++)
            {
                await client.SyncAsync();
            }
        });

        // Then
        Assert.Equal(200, client.Marketo.Calls.Count);
        Assert.True(client.Get<RetryBudget>().TryTake(CallPurpose.Import));
    }

    [Fact]
    public void A_probe_is_not_repeated_where_the_content_may_be_the_cause()
    {
        // Given
        using var client = new MarketoUnderTest();
        client.Marketo.Then("""{"requestId":"a#1","success":true,"result":[]}""").ThenError("719").ThenError("611");

        // When
        var error = client.Fails<MarketoUnavailableException>(() => client.SyncAsync(purpose: CallPurpose.Probe));

        // Then
        Assert.Equal(3, client.Marketo.Calls.Count);
        Assert.Equal(("611", true, true), (error.Code, error.MayBeContent, error.MayHaveBeenExecuted));
        Assert.Equal(client.Marketo.Calls[2].At + TimeSpan.FromSeconds(120), error.MayRunUntil);
    }

    private int Take(CallPurpose purpose)
    {
        var taken = 0;
        while (_budget.TryTake(purpose))
        {
            taken++;
        }

        return taken;
    }

    private void Earn(int times)
    {
        for (var success = 0; success < times; success++)
        {
            _budget.Earn();
        }
    }
}
