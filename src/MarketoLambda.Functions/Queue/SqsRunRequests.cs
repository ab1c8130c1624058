using Amazon.SQS;
using Amazon.SQS.Model;
using MarketoLambda.Hosting.Requests;

namespace MarketoLambda.Functions.Queue;

/// <summary>The FIFO queue: one group for each job, so that Lambda runs one request of a job at a time.</summary>
internal sealed class SqsRunRequests(IAmazonSQS sqs, string queueUrl) : IRunRequests
{
    public Task SendAsync(RunRequest request, CancellationToken cancellationToken) => sqs.SendMessageAsync(
        new SendMessageRequest
        {
            QueueUrl = queueUrl,
            MessageBody = request.ToJson(),
            MessageGroupId = request.Job,
            MessageDeduplicationId = request.DeduplicationId,
        },
        cancellationToken);
}
