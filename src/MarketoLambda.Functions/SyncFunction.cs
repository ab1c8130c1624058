using Amazon.Lambda.Annotations;
using Amazon.Lambda.Core;
using Amazon.Lambda.SQSEvents;
using MarketoLambda.Functions.Hosting;
using MarketoLambda.Hosting.Logs;
using MarketoLambda.Hosting.Requests;
using Microsoft.Extensions.Logging;

namespace MarketoLambda.Functions;

/// <summary>Takes run requests from the queue. Queue, batch size and time-out stand in <c>template.yaml</c>.</summary>
public sealed class SyncFunction(RunMessages messages, EmbeddedMetrics metrics, TimeProvider time, ILogger<SyncFunction> logger)
{
    [LambdaFunction(ResourceName = "SyncFunction")]
    public async Task RunAsync(SQSEvent batch, ILambdaContext context)
    {
        using var scope = logger.BeginScope(new Dictionary<string, object?> { ["requestId"] = context.AwsRequestId });
        using var abort = TimeLeft.CreateAbort(context, time);
        try
        {
            foreach (var message in batch.Records)
            {
                await messages.HandleAsync(message.MessageId, message.Body, TimeLeft.For(context), abort.Token);
            }
        }
        finally
        {
            metrics.Flush();
        }
    }
}
