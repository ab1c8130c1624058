using System.Net;

namespace MarketoLambda.Sources.Salesforce.Client;

/// <summary>Salesforce refused a call, or could not be reached.</summary>
/// <param name="code">Salesforce's code, for example <c>INVALID_FIELD</c>; for its token endpoint <c>invalid_grant</c>.</param>
/// <param name="message">Its own words. They may quote the query, and so a job's filter, but no record.</param>
/// <param name="isTransient">The same call may go through a little later.</param>
/// <param name="cause">What it came from.</param>
internal sealed class SalesforceException(string code, string message, bool isTransient = false, Exception? cause = null) : Exception(message, cause)
{
    public const string InvalidSession = "INVALID_SESSION_ID";
    public const string InvalidLocator = "INVALID_QUERY_LOCATOR";
    public const string QueryTimeout = "QUERY_TIMEOUT";
    public const string NotFound = "NOT_FOUND";

    /// <summary>Our own word for a job that failed, which has no code.</summary>
    public const string BulkJobFailed = "bulk job failed";

    public string Code { get; } = code;

    public bool IsTransient { get; } = isTransient;

    /// <summary>The query that was refused; null where the call was another.</summary>
    public string? Soql { get; set; }

    /// <summary>The answer was none of Salesforce's, but of a gateway or portal in between, or it was cut off.</summary>
    public static SalesforceException Foreign(HttpStatusCode status) =>
        new($"HTTP {(int)status}", $"HTTP {(int)status} without Salesforce's own words", isTransient: status is HttpStatusCode.OK or HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests or >= HttpStatusCode.InternalServerError);
}
