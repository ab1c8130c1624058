using Amazon.Runtime;
using Amazon.SimpleSystemsManagement;
using Amazon.SimpleSystemsManagement.Model;
using Amazon.SQS;
using Amazon.SQS.Model;
using MarketoLambda.Functions.Hosting;
using MarketoLambda.Functions.Queue;
using MarketoLambda.Functions.Tests.Support;
using MarketoLambda.Hosting.Requests;
using MarketoLambda.Testing.Aws;
using Microsoft.Extensions.Configuration;

namespace MarketoLambda.Functions.Tests;

/// <summary>The real clients against moto_server; skipped where the machine has none.</summary>
public sealed class AwsTests(Aws aws) : IClassFixture<Aws>
{
    private static readonly BasicAWSCredentials Credentials = new("id", "secret");

    [Fact]
    public async Task Requests_of_one_occasion_are_one_message_and_a_job_has_one_under_way_at_a_time()
    {
        // Given: a queue as in the template, without its delay
        using var sqs = Sqs();
        var url = (
            await sqs.CreateQueueAsync(
                new CreateQueueRequest
                {
                    QueueName = "runs.fifo",
                    Attributes = new()
                    {
                        ["FifoQueue"] = "true",
                        ["ContentBasedDeduplication"] = "true",
                        ["VisibilityTimeout"] = "1080",
                    },
                }
            )
        ).QueueUrl;
        SqsRunRequests requests = new(sqs, url);

        // When
        await requests.SendAsync(new RunRequest("one_c", RunTrigger.Webhook, "12:00"), CancellationToken.None);
        await requests.SendAsync(new RunRequest("one_c", RunTrigger.Webhook, "12:00"), CancellationToken.None);
        await requests.SendAsync(new RunRequest("one_c", RunTrigger.Webhook, "12:01"), CancellationToken.None);
        await requests.SendAsync(new RunRequest(RunRequest.EveryJob, RunTrigger.Schedule, "12:00"), CancellationToken.None);
        var first = await ReceiveAsync(sqs, url);
        var second = await ReceiveAsync(sqs, url);
        var third = await ReceiveAsync(sqs, url);

        // Then: the second one of one_c waits until the first is done with
        Assert.Equal(
            [new("one_c", RunTrigger.Webhook, "12:00"), new(RunRequest.EveryJob, RunTrigger.Schedule, "12:00")],
            [RunRequest.Parse(first!.Body), RunRequest.Parse(second!.Body)]);
        Assert.Null(third);
        await sqs.DeleteMessageAsync(url, first.ReceiptHandle);
        Assert.Equal("12:01", RunRequest.Parse((await ReceiveAsync(sqs, url))!.Body).RequestId);
    }

    [Fact]
    public async Task Secrets_are_read_decrypted_and_by_the_names_the_settings_give()
    {
        // Given: more than one call can name
        using var ssm = Ssm();
        Dictionary<string, string?> settings = [];
        for (var number = 0; number < 12; number++)
        {
            await ssm.PutParameterAsync(
                new PutParameterRequest
                {
                    Name = $"/test/p{number}",
                    Value = $"value {number}",
                    Type = ParameterType.SecureString,
                }
            );
            settings[$"FromSsm:Some:Setting{number}"] = $"/test/p{number}";
        }

        settings["FromSsm:Webhook:PreviousSecret"] = "";

        // When
        var secrets = await SsmSecrets.ReadAsync(
            new ConfigurationBuilder().AddInMemoryCollection(settings).Build(),
            ssm,
            CancellationToken.None);

        // Then
        Assert.Equal(12, secrets.Count);
        Assert.All(Enumerable.Range(0, 12), number => Assert.Equal($"value {number}", secrets[$"Some:Setting{number}"]));
    }

    [Fact]
    public async Task Connections_are_whatever_is_below_their_path()
    {
        // Given: more than one page
        using var ssm = Ssm();
        foreach (var number in Enumerable.Range(0, 12))
        {
            await ssm.PutParameterAsync(
                new PutParameterRequest
                {
                    Name = $"/test/connections/crm{number}/ClientSecret",
                    Value = $"secret {number}",
                    Type = ParameterType.SecureString,
                }
            );
        }

        await ssm.PutParameterAsync(
            new PutParameterRequest
            {
                Name = "/test/connectionsOfOthers/crm/ClientSecret",
                Value = "not ours",
                Type = ParameterType.SecureString,
            }
        );

        // When
        var connections = await SsmPaths.ReadAsync(
            new ConfigurationBuilder().AddInMemoryCollection([new("FromSsmPath:Connections", "/test/connections")]).Build(),
            ssm,
            CancellationToken.None);
        var none = await SsmPaths.ReadAsync(
            new ConfigurationBuilder().AddInMemoryCollection([new("FromSsmPath:Connections", "")]).Build(),
            ssm,
            CancellationToken.None);

        // Then
        Assert.Equal(12, connections.Count);
        Assert.All(
            Enumerable.Range(0, 12),
            number => Assert.Equal($"secret {number}", connections[$"Connections:crm{number}:ClientSecret"]));
        Assert.Empty(none);
    }

    [Fact]
    public async Task A_missing_parameter_is_named()
    {
        using var ssm = Ssm();

        var told = await Assert.ThrowsAsync<InvalidOperationException>(() =>
            SsmSecrets.ReadAsync(
                new ConfigurationBuilder().AddInMemoryCollection([new("FromSsm:Marketo:ClientSecret", "/nobody/made/this")]).Build(),
                ssm,
                CancellationToken.None));

        Assert.Contains("/nobody/made/this", told.Message, StringComparison.Ordinal);
    }

    private static async Task<Message?> ReceiveAsync(AmazonSQSClient sqs, string url) =>
        (await sqs.ReceiveMessageAsync(new ReceiveMessageRequest { QueueUrl = url, MaxNumberOfMessages = 1 })).Messages?.FirstOrDefault();

    private AmazonSQSClient Sqs() =>
        new(Credentials, new AmazonSQSConfig { ServiceURL = Address(), AuthenticationRegion = "eu-central-1" });

    private AmazonSimpleSystemsManagementClient Ssm() =>
        new(Credentials, new AmazonSimpleSystemsManagementConfig { ServiceURL = Address(), AuthenticationRegion = "eu-central-1" });

    private string Address()
    {
        Assert.SkipWhen(aws.Address is null, AwsEmulator.Missing);
        return aws.Address!.ToString();
    }
}
