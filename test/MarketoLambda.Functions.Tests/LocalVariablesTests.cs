using System.Text.Json;
using Amazon.Lambda.SQSEvents;
using Amazon.S3;
using Amazon.S3.Model;
using MarketoLambda.Functions.Tests.Support;
using MarketoLambda.Sources.JobFiles;
using MarketoLambda.Testing;
using Moq;

namespace MarketoLambda.Functions.Tests;

/// <summary>The example of variables for <c>sam local</c>: the functions start with it and take the events that are there for it.</summary>
[Collection("the memory of this process")]
public sealed class LocalVariablesTests : IDisposable
{
    private readonly FunctionsUnderTest _functions = new();

    public void Dispose() => _functions.Dispose();

    [Fact]
    public void The_function_that_imports_starts_and_takes_its_event()
    {
        Use("SyncFunction");
        var function = _functions.Start<SyncFunction>();

        _functions.Invoke(() => function.RunAsync(Events.Read<SQSEvent>("run-every-job.json"), Invocation.Context()));

        var asked = Assert.Single(_functions.Queued);
        Assert.Equal((SyncScenario.Product, _functions.Settings["Queue:Url"]), (asked.MessageGroupId, asked.QueueUrl));
    }

    [Fact]
    public void The_webhook_starts_and_takes_its_event_with_the_secret_that_the_readme_puts_into_ssm()
    {
        Use("WebhookFunction");
        var function = _functions.Start<WebhookFunction>();
        var request = Events.Read<Amazon.Lambda.APIGatewayEvents.APIGatewayHttpApiV2ProxyRequest>("webhook-run.json");
        request.PathParameters = new Dictionary<string, string> { ["apiName"] = SyncScenario.Product };

        Assert.Equal(202, _functions.Invoke(() => function.AnswerAsync(request, Invocation.Context())).StatusCode);
    }

    private void Use(string function)
    {
        using var file = JsonDocument.Parse(Repository.Read("test/local/env.example.json"));
        var (id, secret) = (_functions.Parameters["/test/client-id"], _functions.Parameters["/test/client-secret"]);
        _functions.Settings.Clear();
        foreach (var variable in file.RootElement.GetProperty(function).EnumerateObject())
        {
            _functions.Settings[variable.Name.Replace("__", ":", StringComparison.Ordinal)] = variable.Value.GetString();
        }

        _functions.Parameters["/marketo-lambda/marketo-client-id"] = id;
        _functions.Parameters["/marketo-lambda/marketo-client-secret"] = secret;
        _functions.Parameters["/marketo-lambda/local/webhook-secret"] = "a-secret-for-sam-local-only";
        Assert.Contains(
            "--name /marketo-lambda/local/webhook-secret --value a-secret-for-sam-local-only",
            Repository.Read("src/MarketoLambda.Functions/README.md"),
            StringComparison.Ordinal);
        _functions.JobFiles = new JobFileClients(Bucket, () => throw new InvalidOperationException("SSM was asked."));
    }

    private IAmazonS3 Bucket()
    {
        Mock<IAmazonS3> s3 = new(MockBehavior.Strict);
        s3.Setup(one =>
                one.GetObjectAsync(
                    It.Is<GetObjectRequest>(request => request.BucketName == "my-bucket" && request.Key == "jobs.json"),
                    It.IsAny<CancellationToken>()))
            .ReturnsAsync(() =>
                new GetObjectResponse { ResponseStream = new MemoryStream(System.Text.Encoding.UTF8.GetBytes(_functions.JobsOf("Sku"))) }
            );
        return s3.Object;
    }
}
