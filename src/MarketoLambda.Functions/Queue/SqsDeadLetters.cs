using Amazon.SQS;
using Amazon.SQS.Model;
using MarketoLambda.Hosting.Requests;

namespace MarketoLambda.Functions.Queue;

/// <summary>
/// The queue that <c>template.yaml</c> watches: a message that can never lead to a run goes there at once, and holds nobody up.
/// </summary>
internal sealed class SqsDeadLetters(IAmazonSQS sqs, string queueUrl) : IDeadLetters
{
    private const string Group = "refused";

    public Task SendAsync(string messageId, string message, CancellationToken cancellationToken) => sqs.SendMessageAsync(
        new SendMessageRequest { QueueUrl = queueUrl, MessageBody = message, MessageGroupId = Group, MessageDeduplicationId = messageId },
        cancellationToken);
}
