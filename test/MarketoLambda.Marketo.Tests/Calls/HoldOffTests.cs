using System.Net;
using MarketoLambda.Marketo.Errors;

namespace MarketoLambda.Marketo.Tests.Calls;

/// <summary>A write that may have been executed is sent again only when Marketo must have finished with it.</summary>
public sealed class HoldOffTests
{
    [Fact]
    public void An_unclear_sync_is_sent_again_120_seconds_after_it_was_sent()
    {
        // Given
        using var client = new MarketoUnderTest();
        client.Marketo.Then(async token =>
        {
            await Task.Delay(TimeSpan.FromSeconds(7), client.Time, token);
            return new HttpResponseMessage(HttpStatusCode.BadGateway) { Content = new StringContent("<html>Bad gateway</html>") };
        }).Then(Some.Created());

        // When
        client.Run(() => client.SyncAsync());

        // Then
        Assert.Equal(TimeSpan.FromSeconds(120), Gap(client, 0, 1));
    }

    [Fact]
    public void An_unclear_delete_is_sent_again_60_seconds_after_it_was_sent()
    {
        // Given
        using var client = new MarketoUnderTest();
        client.Marketo.ThenError("611").Then(Some.Created());

        // When
        client.Run(() => client.DeleteAsync());

        // Then
        Assert.Equal(TimeSpan.FromSeconds(60), Gap(client, 0, 1));
    }

    [Fact]
    public void Time_outs_are_longer_than_marketos_own()
    {
        // Given
        using var client = new MarketoUnderTest();
        client.Marketo.ThenSilence().Then(Some.Created()).ThenSilence().Then(Some.Created()).ThenSilence();

        // When
        client.Run(() => client.SyncAsync());
        client.Run(() => client.DeleteAsync());
        client.Run(() => client.QueryAsync());

        // Then
        Assert.InRange(Gap(client, 0, 1).TotalSeconds, 130, 131);
        Assert.InRange(Gap(client, 2, 3).TotalSeconds, 70, 71);
        Assert.InRange(Gap(client, 4, 5).TotalSeconds, 40, 41);
    }

    [Fact]
    public void A_refused_connection_is_tried_again_at_once_since_nothing_was_sent()
    {
        // Given
        using var client = new MarketoUnderTest();
        var refused = new HttpRequestException(HttpRequestError.ConnectionError, "Connection refused");
        client.Marketo.ThenThrow(refused).ThenThrow(refused).ThenThrow(refused).ThenThrow(refused);

        // When
        var error = client.Fails<MarketoUnavailableException>(() => client.SyncAsync());

        // Then
        Assert.Equal([1, 2, 4], new[] { Gap(client, 0, 1), Gap(client, 1, 2), Gap(client, 2, 3) }.Select(gap => gap.TotalSeconds));
        Assert.False(error.MayHaveBeenExecuted);
        Assert.Null(error.MayRunUntil);
        Assert.Null(error.Code);
        Assert.Equal(0, client.Counter.Total);
        Assert.Contains("Marketo__BaseUrl", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_connection_broken_after_sending_is_unclear()
    {
        // Given
        using var client = new MarketoUnderTest();
        client
            .Marketo.ThenThrow(new HttpRequestException(HttpRequestError.ResponseEnded, "The response ended prematurely"))
            .Then(Some.Created());

        // When
        client.Run(() => client.SyncAsync());

        // Then
        Assert.Equal(TimeSpan.FromSeconds(120), Gap(client, 0, 1));
    }

    [Fact]
    public void Giving_up_tells_until_when_marketo_may_still_work_on_it()
    {
        // Given
        using var client = new MarketoUnderTest();
        client.Marketo.ThenError("502").ThenError("502").ThenError("502").ThenError("502");

        // When
        var error = client.Fails<MarketoUnavailableException>(() => client.SyncAsync());

        // Then
        Assert.True(error.MayHaveBeenExecuted);
        Assert.Equal(client.Marketo.Calls[3].At + TimeSpan.FromSeconds(120), error.MayRunUntil);
    }

    [Fact]
    public void A_refusal_after_an_unclear_try_does_not_make_it_clear()
    {
        // Given
        using var client = new MarketoUnderTest();
        client.Marketo.ThenError("502").ThenError("614").ThenError("614").ThenError("614");

        // When
        var error = client.Fails<MarketoUnavailableException>(() => client.SyncAsync());

        // Then
        Assert.True(error.MayHaveBeenExecuted);
        Assert.Null(error.MayRunUntil);
    }

    [Fact]
    public void Cancellation_during_a_hold_off_ends_the_call_as_cancelled_and_frees_its_place()
    {
        // Given
        using var client = new MarketoUnderTest(options => options.CallsInFlight = 1);
        client.Marketo.ThenError("502").Then(Some.Created());
        using var cancellation = new CancellationTokenSource(TimeSpan.FromSeconds(5), client.Time);

        // When
        var error = Record.Exception(() => client.Run(() => client.SyncAsync(cancellationToken: cancellation.Token)));
        client.Run(() => client.SyncAsync());

        // Then
        Assert.IsAssignableFrom<OperationCanceledException>(error);
        Assert.Equal(TimeSpan.FromSeconds(5), client.Time.Elapsed);
    }

    [Fact]
    public void Cancellation_of_a_call_under_way_ends_it_as_cancelled()
    {
        // Given
        using var client = new MarketoUnderTest();
        client.Marketo.ThenSilence();
        using var cancellation = new CancellationTokenSource(TimeSpan.FromSeconds(5), client.Time);

        // When
        var error = Record.Exception(() => client.Run(() => client.SyncAsync(cancellationToken: cancellation.Token)));

        // Then
        Assert.Equal(cancellation.Token, Assert.IsAssignableFrom<OperationCanceledException>(error).CancellationToken);
        Assert.Equal(TimeSpan.FromSeconds(5), client.Time.Elapsed);
        Assert.Equal(1, client.Counter.Total);
    }

    [Fact]
    public void Each_repetition_is_logged_without_marketos_words()
    {
        // Given
        using var client = new MarketoUnderTest();
        client.Marketo.ThenError("614", "jane@example.com").Then(Some.Empty);

        // When
        client.Run(() => client.QueryAsync());

        // Then
        var line = Assert.Single(client.Log.Lines, line => line.Contains("[1000]", StringComparison.Ordinal));
        Assert.Matches(@"^Warning .*The query call to Marketo failed \(614\): try 2 of 4 in \d\.\d s", line);
        Assert.DoesNotContain("jane", line, StringComparison.Ordinal);
    }

    private static TimeSpan Gap(MarketoUnderTest client, int from, int to) => client.Marketo.Calls[to].At - client.Marketo.Calls[from].At;
}
