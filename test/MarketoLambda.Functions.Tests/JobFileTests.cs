using Amazon.Lambda.SQSEvents;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;
using MarketoLambda.Functions.Tests.Support;
using MarketoLambda.Sources.JobFiles;
using MarketoLambda.Testing;
using MarketoLambda.Testing.Aws;
using Moq;

namespace MarketoLambda.Functions.Tests;

/// <summary>A job file in a bucket that changes under a warm function; against moto_server, skipped where the machine has none.</summary>
[Collection("the memory of this process")]
public sealed class JobFileTests(Aws aws) : IClassFixture<Aws>, IDisposable
{
    private const string Bucket = "acme-jobs-of-functions";

    private static readonly BasicAWSCredentials Credentials = new("id", "secret");

    private readonly FunctionsUnderTest _functions = new();

    public void Dispose() => _functions.Dispose();

    [Fact]
    public async Task A_job_file_that_changes_in_s3_is_used_by_the_next_run_and_a_broken_one_leaves_the_one_before_and_one_alert()
    {
        // Given
        using var s3 = await StartAsync();
        var before = _functions.JobsOf("Sku");
        await PutAsync(s3, before);
        var function = _functions.Drop("products-1.csv", "a,1").Start<SyncFunction>();
        Run(function);
        Assert.Equal(1, _functions.Sync.Marketo.Count(SyncScenario.Product));

        // When: another column is the key now
        await PutAsync(s3, _functions.JobsOf("Amount"));
        _functions.Drop("products-2.csv", "b,2").Sync.Time.Advance(TimeSpan.FromMinutes(6));
        Run(function);

        // Then
        Assert.Contains("\"eventId\":3003", _functions.Log, StringComparison.Ordinal);
        Assert.Equal(["2", "a"], _functions.Skus);

        // When: it is broken, for several readings
        await PutAsync(s3, before.Replace("\"key\"", "\"kez\"", StringComparison.Ordinal));
        for (var reading = 0; reading < 3; reading++)
        {
            _functions.Drop($"products-3{reading}.csv", $"c,{30 + reading}").Sync.Time.Advance(TimeSpan.FromMinutes(6));
            Run(function);
        }

        // Then
        Assert.Equal(["2", "30", "31", "32", "a"], _functions.Skus);
        Assert.Contains(
            "the one before it stays in force",
            Assert.Single(_functions.Mails).Content.Simple.Subject.Data,
            StringComparison.Ordinal);
        Assert.Contains("\"eventId\":3001", _functions.Log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_webhook_knows_a_job_that_is_new_in_the_job_file()
    {
        // Given
        using var s3 = await StartAsync();
        await PutAsync(s3, """{ "jobs": { "other_c": {} } }""");
        var function = _functions.Start<WebhookFunction>();
        var request = Events.Read<Amazon.Lambda.APIGatewayEvents.APIGatewayHttpApiV2ProxyRequest>("webhook-run.json");
        request.PathParameters = new Dictionary<string, string> { ["apiName"] = "product_c" };
        Assert.Equal(404, _functions.Invoke(() => function.AnswerAsync(request, Invocation.Context())).StatusCode);

        // When
        await PutAsync(s3, _functions.JobsOf("Sku"));
        _functions.Sync.Time.Advance(TimeSpan.FromMinutes(6));

        // Then
        Assert.Equal(202, _functions.Invoke(() => function.AnswerAsync(request, Invocation.Context())).StatusCode);
    }

    [Fact]
    public void The_packaged_example_stops_the_start_with_the_sentence_that_says_what_to_do()
    {
        _functions.Settings["Sync:JobsFile"] = Path.Combine(Repository.Root, "src/MarketoLambda.Functions/jobs.json");

        var told = Assert.ThrowsAny<Exception>(() => _functions.Start<SyncFunction>());

        Assert.Contains("put your own jobs into it and remove this line", told.Message, StringComparison.Ordinal);
    }

    private async Task<AmazonS3Client> StartAsync()
    {
        Assert.SkipWhen(aws.Address is null, AwsEmulator.Missing);
        _functions.Settings["Sync:JobsFile"] = $"s3://{Bucket}/jobs.json";
        _functions.JobFiles = new JobFileClients(Blocking, () => throw new InvalidOperationException("SSM was asked."));
        var s3 = S3();
        await s3.PutBucketAsync(Bucket);
        return s3;
    }

    private void Run(SyncFunction function) => _functions.Invoke(() => function.RunAsync(
        new SQSEvent { Records = [new SQSEvent.SQSMessage { MessageId = "message", Body = """{"job":"product_c"}""" }] },
        Invocation.Context()));

    private AmazonS3Client S3() =>
        new(
            Credentials,
            new AmazonS3Config
            {
                ServiceURL = aws.Address!.ToString(),
                ForcePathStyle = true,
                AuthenticationRegion = "us-east-1",
            }
        );

    /// <summary>Virtual time knows nothing of the network, so an answer must be there before anybody waits for it.</summary>
    private IAmazonS3 Blocking()
    {
        var s3 = S3();
        Mock<IAmazonS3> blocking = new(MockBehavior.Strict);
        blocking
            .Setup(one => one.GetObjectAsync(It.IsAny<GetObjectRequest>(), It.IsAny<CancellationToken>()))
            .Returns(
                (GetObjectRequest request, CancellationToken token) =>
                    Task.FromResult(
                        Task.Run(
                                async () =>
                                {
                                    var answer = await s3.GetObjectAsync(request, token);
                                    MemoryStream content = new();
                                    await answer.ResponseStream.CopyToAsync(content, token);
                                    content.Position = 0;
                                    answer.ResponseStream = content;
                                    return answer;
                                },
                                token)
                            .GetAwaiter()
                            .GetResult()));
        return blocking.Object;
    }

    private static async Task PutAsync(AmazonS3Client s3, string text) =>
        await s3.PutObjectAsync(
            new()
            {
                BucketName = Bucket,
                Key = "jobs.json",
                ContentBody = text,
            }
        );
}
