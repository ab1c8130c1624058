using MarketoLambda.Marketo.Calls;
using MarketoLambda.Marketo.CustomObjects;
using MarketoLambda.Sync.Logs;
using Microsoft.Extensions.Logging;

namespace MarketoLambda.Sync.Setup;

/// <summary>Waits until an approved object shows its fields: how soon that is, is not documented.</summary>
internal static class ApprovalWait
{
    private static readonly TimeSpan[] Waits = [.. new[] { 1, 2, 4, 8, 15 }.Select(seconds => TimeSpan.FromSeconds(seconds))];

    /// <summary>Gives up after half a minute: whoever uses the object then meets what is missing.</summary>
    public static async Task UntilUsableAsync(
        CustomObjectsClient customObjects,
        string apiName,
        IReadOnlyList<string> fields,
        TimeProvider time,
        ILogger logger,
        CancellationToken cancellationToken)
    {
        foreach (var wait in Waits)
        {
            if (
                await customObjects.DescribeAsync(apiName, cancellationToken) is { } description
                && fields.All(field => description.FindField(field) is not null))
            {
                return;
            }

            logger.WaitingForApproval(apiName, (long)wait.TotalMilliseconds);
            await time.PauseAsync(wait, cancellationToken);
        }
    }
}
