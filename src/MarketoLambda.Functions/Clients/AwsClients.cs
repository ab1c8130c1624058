using Amazon.SimpleEmailV2;
using Amazon.SimpleSystemsManagement;
using Amazon.SQS;
using MarketoLambda.Sources.JobFiles;

namespace MarketoLambda.Functions.Clients;

/// <summary>The network: AWS, and Marketo where a test has one of its own.</summary>
internal sealed record AwsClients(
    IAmazonSimpleSystemsManagement Ssm,
    IAmazonSQS Sqs,
    IAmazonSimpleEmailServiceV2 Ses,
    JobFileClients JobFiles,
    Func<HttpMessageHandler>? Marketo = null);
