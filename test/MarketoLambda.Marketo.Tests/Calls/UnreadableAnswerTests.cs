using System.Net;
using System.Text;
using MarketoLambda.Marketo.Errors;

namespace MarketoLambda.Marketo.Tests.Calls;

/// <summary>An answer that cannot be trusted finishes nothing: it is as if there had been none.</summary>
public sealed class UnreadableAnswerTests
{
    public static TheoryData<int, string> Bodies =>
        new()
        {
            { 200, "" },
            { 200, "<html><body>502 Bad Gateway</body></html>" },
            { 200, """{"requestId":"a#1","result":[{"seq":0,"marketoGUID":"g","sta""" },
            { 200, "[]" },
            { 200, """{"requestId":"a#1","success":true}""" },
            { 200, """{"requestId":"a#1","success":true,"result":[]}""" },
            { 200, """{"requestId":"a#1","success":true,"result":[{"seq":0,"status":"created"}]}""" },
            { 200, """{"requestId":"a#1","success":true,"result":[{"seq":1,"status":"created"},{"seq":0,"status":"created"}]}""" },
            { 200, """{"requestId":"a#1","success":true,"result":[{"seq":0,"status":"created"},{"seq":0,"status":"created"}]}""" },
            { 200, """{"requestId":"a#1","success":true,"result":[{"status":"created"},{"status":"created"}]}""" },
            { 200, """{"requestId":"a#1","success":true,"result":[{"seq":0,"status":"created"},{"seq":1,"status":"pondered"}]}""" },
            {
                200,
                """{"requestId":"a#1","success":true,"result":[{"seq":0,"status":"created"},{"seq":1,"status":"created"},{"seq":2,"status":"created"}]}"""
            },
            { 502, "<html><body>502 Bad Gateway</body></html>" },
            { 503, "" },
        };

    [Theory]
    [MemberData(nameof(Bodies))]
    public void It_is_an_unclear_failure_that_is_sent_again_after_the_hold_off(int status, string body)
    {
        // Given
        using var client = new MarketoUnderTest();
        client.Marketo.Otherwise = (_, _) =>
            Task.FromResult(
                new HttpResponseMessage((HttpStatusCode)status) { Content = new StringContent(body, Encoding.UTF8, "application/json") }
            );

        // When
        var error = client.Fails<MarketoUnavailableException>(() => client.SyncAsync(count: 2));

        // Then
        Assert.True(error.MayHaveBeenExecuted);
        Assert.Equal([0, 120, 240, 360], client.Marketo.Calls.Select(call => (call.At - client.Marketo.Calls[0].At).TotalSeconds));
        Assert.Equal(status == 200 ? null : $"HTTP {status}", error.Code);
    }

    [Fact]
    public void A_query_without_a_result_is_not_an_empty_one()
    {
        // Given
        using var client = new MarketoUnderTest();
        client
            .Marketo.Then("""{"requestId":"a#1","success":true}""")
            .Then("""{"requestId":"a#1","success":true,"result":[{"seq":0,"marketoGUID":"g"}]}""");

        // When / Then
        Assert.Single(client.Run(() => client.QueryAsync()));
    }

    [Theory]
    [InlineData(413)]
    [InlineData(414)]
    [InlineData(404)]
    public void A_status_that_blames_the_request_is_not_tried_again(int status)
    {
        // Given
        using var client = new MarketoUnderTest();
        client.Marketo.Then((HttpStatusCode)status, "<html/>");

        // When
        var error = client.Fails<MarketoRequestException>(() => client.SyncAsync());

        // Then
        Assert.Equal($"HTTP {status}", error.Code);
        Assert.Single(client.Marketo.Calls);
    }

    [Fact]
    public void More_records_than_marketo_takes_are_refused_unsent()
    {
        // Given
        using var client = new MarketoUnderTest();

        // When
        client.Fails<ArgumentOutOfRangeException>(() => client.SyncAsync(count: 301));

        // Then
        Assert.Empty(client.Marketo.Calls);
    }
}
