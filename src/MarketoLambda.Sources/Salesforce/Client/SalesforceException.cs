using System.Net;

namespace MarketoLambda.Sources.Salesforce.Client;

/// <summary>Salesforce refused a call, or could not be reached.</summary>
/// <param name="code">Salesforce's code, for example <c>INVALID_FIELD</c>; for its token endpoint <c>invalid_grant</c>.</param>
/// <param name="message">Its own words. They may quote the query, and so a job's filter, but no record.</param>
/// <param name="isTransient">The same call may go through a little later.</param>
/// <param name="cause">What it came from.</param>
internal sealed class SalesforceException(string code, string message, bool isTransient = false, Exception? cause = null)
    : Exception(message, cause)
{
    public const string InvalidSession = "INVALID_SESSION_ID";
    public const string QueryTimeout = "QUERY_TIMEOUT";
    public const string NotFound = "NOT_FOUND";
    public const string RequestLimit = "REQUEST_LIMIT_EXCEEDED";

    /// <summary>Our own word for a job that failed, which has no code.</summary>
    public const string BulkJobFailed = "bulk job failed";

    /// <summary>Our own word for a job that does not come to an end.</summary>
    public const string BulkJobEndless = "bulk job endless";

    /// <summary>Our own word for an answer that does not fit into memory.</summary>
    public const string TooLarge = "too large";

    /// <summary>Our own word for an answer that does not fit the question.</summary>
    public const string DoesNotFit = "does not fit";

    /// <summary>Our own word for an answer that sends elsewhere.</summary>
    public const string Redirected = "redirect";

    public string Code { get; } = code;

    public bool IsTransient { get; } = isTransient;

    /// <summary>How long Salesforce asks to wait; null where it does not.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>The query that was refused; null where the call was another.</summary>
    public string? Soql { get; set; }

    /// <summary>The answer was none of Salesforce's, but of a gateway or portal in between, or it was cut off.</summary>
    public static SalesforceException Foreign(HttpStatusCode status, TimeSpan? retryAfter = null) =>
        new($"HTTP {(int)status}", "without Salesforce's own words",
            isTransient: status is HttpStatusCode.OK or HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests
                or >= HttpStatusCode.InternalServerError)
        {
            RetryAfter = retryAfter,
        };

    /// <summary>The answer is whole, and not one to the question: it is asked again, and nothing of it counts.</summary>
    /// <param name="what">Completes "an answer that …".</param>
    /// <param name="cause">What it came from.</param>
    public static SalesforceException Misfit(string what, Exception? cause = null) => new(DoesNotFit, what, isTransient: true, cause);
}
