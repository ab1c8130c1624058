using System.Text.Json;
using Amazon.Lambda.APIGatewayEvents;
using Amazon.Lambda.SQSEvents;
using MarketoLambda.Functions.Tests.Support;
using MarketoLambda.Hosting.Webhooks;

namespace MarketoLambda.Functions.Tests;

[Collection("the memory of this process")]
public sealed class WebhookFunctionTests : IDisposable
{
    private readonly FunctionsUnderTest _functions = new();

    private static IEnumerable<string> EventFiles =>
        Directory.GetFiles(Path.Combine(Repository.Root, "test/events")).Select(path => Path.GetFileName(path));

    public void Dispose() => _functions.Dispose();

    [Fact]
    public void A_call_of_marketo_puts_a_message_on_the_queue()
    {
        var answer = Answer(Request("webhook-run.json"));

        Assert.Equal(202, answer.StatusCode);
        Assert.Equal("product_c", Assert.Single(_functions.Queued).MessageGroupId);
    }

    [Fact]
    public void The_answer_is_json_as_api_gateway_wants_it()
    {
        var answer = JsonDocument.Parse(Events.Write(Answer(Request("webhook-run.json")))).RootElement;

        Assert.Equal(202, answer.GetProperty("statusCode").GetInt32());
        Assert.False(answer.GetProperty("isBase64Encoded").GetBoolean());
        Assert.Equal("application/json", answer.GetProperty("headers").GetProperty("content-type").GetString());
        Assert.Equal("product_c", JsonDocument.Parse(answer.GetProperty("body").GetString()!).RootElement.GetProperty("job").GetString());
    }

    [Fact]
    public void The_state_of_a_job_is_answered()
    {
        var answer = Answer(Request("webhook-state.json"));

        Assert.Equal(200, answer.StatusCode);
        Assert.Contains("\"lastRunNumber\":0", answer.Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("X-MARKETOLAMBDA-SECRET", "a-secret-for-sam-local-only", 202)]
    [InlineData("x-marketolambda-secret", "another", 401)]
    [InlineData("another-header", "a-secret-for-sam-local-only", 401)]
    public void The_secret_comes_in_its_header(string header, string value, int status)
    {
        var request = Request("webhook-run.json");
        request.Headers = new Dictionary<string, string> { [header] = value };

        Assert.Equal(status, Answer(request).StatusCode);
    }

    [Theory]
    [InlineData(WebhookHandler.MaxBodyBytes, false, 202)]
    [InlineData(WebhookHandler.MaxBodyBytes + 1, false, 413)]
    [InlineData(WebhookHandler.MaxBodyBytes / 3 * 4, true, 202)]
    [InlineData(WebhookHandler.MaxBodyBytes / 3 * 4 + 8, true, 413)]
    public void Bodies_are_measured_as_they_were_sent(int characters, bool isBase64, int status)
    {
        var request = Request("webhook-run.json");
        (request.Body, request.IsBase64Encoded) = (new string('A', characters), isBase64);

        Assert.Equal(status, Answer(request).StatusCode);
    }

    [Fact]
    public void A_request_with_nothing_in_it_is_a_strangers() =>
        Assert.Equal(401, Answer(new APIGatewayHttpApiV2ProxyRequest()).StatusCode);

    [Fact]
    public void A_webhook_without_a_secret_does_not_start()
    {
        _functions.Settings["FromSsm:Webhook:Secret"] = "";

        Assert.Contains(
            "Webhook__Secret",
            Assert.ThrowsAny<Exception>(() => _functions.Start<WebhookFunction>()).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Every_event_file_of_the_queue_is_what_a_function_takes() =>
        Assert.All(
            EventFiles.Where(name => name.StartsWith("run-", StringComparison.Ordinal)),
            name => Assert.NotNull(Assert.Single(Events.Read<SQSEvent>(name).Records).Body));

    [Fact]
    public void Every_event_file_of_the_webhook_is_what_a_function_takes() =>
        Assert.All(
            EventFiles.Where(name => !name.StartsWith("run-", StringComparison.Ordinal)),
            name => Assert.Equal("implementedProductV1_c", Request(name, path: null).PathParameters["apiName"]));

    private APIGatewayHttpApiV2ProxyResponse Answer(APIGatewayHttpApiV2ProxyRequest request)
    {
        var function = _functions.Start<WebhookFunction>();
        return _functions.Invoke(() => function.AnswerAsync(request, Invocation.Context(TimeSpan.FromSeconds(29))));
    }

    private static APIGatewayHttpApiV2ProxyRequest Request(string name, string? path = "product_c")
    {
        var request = Events.Read<APIGatewayHttpApiV2ProxyRequest>(name);
        if (path is not null)
        {
            request.PathParameters = new Dictionary<string, string> { ["apiName"] = path };
        }

        return request;
    }
}
