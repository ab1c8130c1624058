using Amazon.Lambda.Annotations;
using Amazon.Lambda.Core;
using Amazon.Lambda.SQSEvents;
using MarketoLambda.Functions.Hosting;
using MarketoLambda.Sync.Hosting;
using MarketoLambda.Sync.Requests;
using Microsoft.Extensions.Logging;

namespace MarketoLambda.Functions;

/// <summary>Takes run requests from the queue. Queue, batch size and time-out stand in <c>template.yaml</c>.</summary>
public sealed class SyncFunction(RenewableHost<RunRequestHandler> host, TimeProvider time, ILogger<SyncFunction> logger)
{
    [LambdaFunction(ResourceName = "SyncFunction")]
    public async Task<SQSBatchResponse> RunAsync(SQSEvent batch, ILambdaContext context)
    {
        using var scope = logger.BeginScope(new Dictionary<string, object?> { ["requestId"] = context.AwsRequestId });
        using var abort = TimeLeft.CreateAbort(context, time);
        var handler = await host.GetAsync(abort.Token);
        for (var index = 0; index < batch.Records.Count; index++)
        {
            try
            {
                await handler.HandleAsync(batch.Records[index].Body, TimeLeft.Of(context), abort.Token);
            }
            catch (RunRequestException wrong)
            {
                logger.MessageRefused(batch.Records[index].MessageId, wrong.Message);
                return Failed(batch.Records.Skip(index)); // a FIFO queue keeps its order: what comes after waits, too
            }
        }

        return new SQSBatchResponse();
    }

    private static SQSBatchResponse Failed(IEnumerable<SQSEvent.SQSMessage> messages) =>
        new([.. messages.Select(message => new SQSBatchResponse.BatchItemFailure { ItemIdentifier = message.MessageId })]);
}
