using System.Net;
using System.Text;
using MarketoLambda.Sync.State;
using MarketoLambda.Testing;

namespace MarketoLambda.Sync.Tests.Runs;

/// <summary>Marketo's own words about a record may quote its values: they are shown where rejects are, and nowhere else.</summary>
public sealed class MarketoWordsTests
{
    private const string Quoted = "jane.doe@example.com";

    [Theory]
    [InlineData("609")]
    [InlineData("610")]
    [InlineData("701")]
    [InlineData("709")]
    [InlineData("1003")]
    [InlineData("4711")]
    public void A_refusal_of_a_whole_write_is_told_in_our_words(string code)
    {
        // Given
        SyncScenario scenario = new SyncScenario().Initialized();
        scenario.Source.Add(3);
        scenario.Network = marketo => new Refusing(
            marketo,
            $$"""{"requestId":"1","success":false,"errors":[{"code":"{{code}}","message":"'{{Quoted}}' is wrong"}]}""");

        // When
        var report = scenario.Run();

        // Then
        // Some codes may concern single records, which then are rejects
        Assert.Contains(report.Outcome, new[] { RunOutcome.Failed, RunOutcome.Succeeded });
        Assert.DoesNotContain(Quoted, report.Error ?? "", StringComparison.Ordinal);
        Assert.DoesNotContain(Quoted, scenario.State().LastRun!.Error ?? "", StringComparison.Ordinal);
        Assert.DoesNotContain(scenario.Log.Lines, line => line.Contains(Quoted, StringComparison.Ordinal));
        Assert.DoesNotContain(scenario.Alerts.Sent, alert => alert.Text.Contains(Quoted, StringComparison.Ordinal));
    }

    [Fact]
    public void A_reject_that_cannot_be_stored_is_told_without_its_values()
    {
        // Given: Marketo refuses the record of the reject, and quotes from it
        SyncScenario scenario = new SyncScenario { KeepsRejectsInMarketo = true }.Initialized();
        scenario.Source.Add("a", "many");
        scenario.Network = marketo => new Refusing(
            marketo,
            $$"""{"requestId":"1","success":true,"result":[{"seq":0,"status":"skipped","reasons":[{"code":"1003","message":"'{{Quoted}}' is wrong"}]}]}""",
            "customObjectSyncReject_c.json");

        // When
        var report = scenario.Run();

        // Then
        Assert.Equal(RunOutcome.Failed, report.Outcome);
        Assert.Contains("(1003)", report.Error, StringComparison.Ordinal);
        Assert.DoesNotContain(Quoted, report.Error, StringComparison.Ordinal);
    }

    private sealed class Refusing(HttpMessageHandler marketo, string answer, string path = "product_c.json") : DelegatingHandler(marketo)
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            request.Method == HttpMethod.Post
            && request.RequestUri!.AbsolutePath.EndsWith($"/{path}", StringComparison.Ordinal)
            && !request.RequestUri.Query.Contains("_method=GET", StringComparison.Ordinal)
                ? Task.FromResult(
                    new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent(answer, Encoding.UTF8, "application/json") }
                )
                : base.SendAsync(request, cancellationToken);
    }
}
