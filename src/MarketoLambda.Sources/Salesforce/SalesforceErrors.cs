using MarketoLambda.Sources.Salesforce.Client;
using MarketoLambda.Sources.Salesforce.Soql;
using MarketoLambda.Sync.Sources;

namespace MarketoLambda.Sources.Salesforce;

/// <summary>What a person is told when Salesforce refuses: what happened, where, what to do.</summary>
internal static class SalesforceErrors
{
    /// <param name="failure">The refusal.</param>
    /// <param name="connection">Whose it is.</param>
    /// <param name="objectName">The object that was asked for.</param>
    /// <param name="filterColumn">Where the job's filter begins in the query that failed, from 1; null without one.</param>
    public static SourceException Create(SalesforceException failure, SalesforceConnection connection, string objectName,
        int? filterColumn = null) =>
        new(Sentence(failure, connection, objectName, filterColumn), failure);

    private static string Sentence(SalesforceException failure, SalesforceConnection connection, string objectName, int? filterColumn)
    {
        var reason = SoqlComplaint.Parse(failure.Message);
        return failure.Code switch
        {
            "no connection" => $"No connection to Salesforce at {connection.LoginUrl.Host} ({failure.Message}); check "
                + $"{connection.Setting("LoginUrl")} and the network. Nothing is lost, the next run goes on",
            SalesforceException.Redirected =>
                $"Salesforce at {connection.LoginUrl.Host} answers with a redirect to {reason.Text}, which is not followed, because the "
                    + $"login would go there too; {connection.Setting("LoginUrl")} must be the organisation's own address (Setup > My "
                    + "Domain), "
                + "and no proxy in between may ask for a login of its own",
            "HTTP 407" => "A proxy between here and Salesforce asks for a login; give it with the proxy's address (HTTPS_PROXY), or let "
                + "this machine pass",
            "HTTP 414" or "HTTP 431" or "URI_TOO_LONG" => $"The query for {objectName} is too long for Salesforce; map fewer fields, or "
                + "make the job's \"filter\" shorter",
            "UNSUPPORTED_API_VERSION" => $"Salesforce does not speak version {connection.ApiVersion} any more; remove "
                + $"{connection.Setting("ApiVersion")}, or set it to one of /services/data",
            "invalid_client_id" or "invalid_client" =>
                $"Salesforce does not know this connected app ({failure.Code}: {reason.Text}); check "
                + connection.Setting("ClientId")
                + (connection.PrivateKey is null ? $" and {connection.Setting("ClientSecret")}" : "")
                + "; a new app takes ten minutes to be known",
            "invalid_grant" or "inactive_user" or "inactive_org" or "unsupported_grant_type" or "invalid_app_access" or "no token" =>
                $"Salesforce refused the login ({failure.Code}: {reason.Text}); {LoginRemedy(reason.Text, connection)}",
            SalesforceException.InvalidSession =>
                $"Salesforce refuses sessions right after the login ({reason.Text}); give the connected app the scope \"Manage user data "
                    + "via APIs (api)\", and the integration user an address range it may log in from",
            "API_DISABLED_FOR_ORG" or "API_CURRENTLY_DISABLED" => "The integration user may not use Salesforce's API; give it the "
                + "permission \"API Enabled\" (and an edition or licence that has the API)",
            SalesforceException.RequestLimit when failure.IsTransient =>
                $"Salesforce has too many long calls of the organisation running at once ({reason.Text}), at every try; nothing is lost, "
                    + "the next run goes on. If it recurs, run the job at another time than the other integrations",
            SalesforceException.RequestLimit =>
                "Salesforce's API calls of the last 24 hours are used up; the import goes on where it stopped once there are some again, "
                    + "and nothing is lost. Run the job less often, or buy calls (Setup > Company Information shows the use)",
            SalesforceException.NotFound or "INVALID_TYPE" =>
                $"Salesforce has no object \"{objectName}\" that the integration user may read, or does not speak version "
                    + $"{connection.ApiVersion} ({connection.Setting("ApiVersion")}); "
                + "correct the job's \"object\" (custom objects end in __c), or grant \"Read\" and \"View All\" on it",
            "INSUFFICIENT_ACCESS" or "INSUFFICIENT_ACCESS_OR_READONLY" => $"The integration user may not read {objectName} "
                + $"({reason.Text}); grant it \"Read\" and \"View All\" on the object",
            SalesforceException.QueryTimeout =>
                $"Salesforce gave up a query on {objectName} after two minutes, even for one second of changes; make the job's \"filter\" "
                    + "simpler, or ask Salesforce support for an index. Nothing is lost",
            "QUERY_TOO_COMPLICATED" or "OPERATION_TOO_LARGE" => $"Salesforce finds the query for {objectName} too complicated "
                + $"({reason.Text}); map fewer formula fields, or make the job's \"filter\" simpler",
            "MALFORMED_QUERY" or "INVALID_FIELD" or "INVALID_QUERY_FILTER_OPERATOR" when reason.Column is { } column
                && column >= filterColumn =>
                $"Salesforce does not understand the job's \"filter\" at position {column - filterColumn + 1}: {reason.Text}; write it "
                    + "like the part of a SOQL query behind WHERE, for example Status = 'Installed'",
            SalesforceException.BulkJobFailed => $"A bulk job for {objectName} came to nothing three times ({reason.Text}); nothing is "
                + "lost. Set \"bulkAbove\" so high that the job reads by queries, or ask Salesforce support",
            SalesforceException.BulkJobEndless =>
                $"The bulk job {reason.Text} for {objectName} has been running for over 12 hours; abort it in Setup > Bulk Data Load "
                    + "Jobs, and the next run makes it again, or set \"bulkAbove\" so high that the job reads by queries. Nothing is lost",
            SalesforceException.TooLarge => $"A single record of {objectName} is {reason.Text}; map fewer of its long fields. Nothing is "
                + "lost",
            SalesforceException.DoesNotFit =>
                $"An answer of Salesforce about {objectName} {reason.Text}, at every try; nothing of it was imported, and nothing is "
                    + "lost. A proxy in between must pass answers unchanged; if there is none, report this",
            _ when failure.IsTransient =>
                $"Salesforce does not answer as it should ({failure.Code}: {reason.Text}), at every try{Wait(failure)}; nothing is lost, "
                    + "the next run goes on (status.salesforce.com tells of disturbances)",
            _ => $"Salesforce refused to read {objectName} ({failure.Code}: {reason.Text})",
        };
    }

    private static string Wait(SalesforceException failure) =>
        failure.RetryAfter is { TotalMinutes: > 1 and var minutes } ? $", and asks to wait {Math.Ceiling(minutes)} minutes" : "";

    private static string LoginRemedy(string reason, SalesforceConnection connection) => reason switch
    {
        _ when reason.Contains("domain", StringComparison.OrdinalIgnoreCase) => $"{connection.Setting("LoginUrl")} must be the "
            + "organisation's own address, https://mydomain.my.salesforce.com (Setup > My Domain)",
        _ when reason.Contains("rate", StringComparison.OrdinalIgnoreCase) => "too many logins in an hour; run the user's jobs less "
            + "often. Nothing is lost, the next run goes on",
        _ when reason.Contains("ip restricted", StringComparison.OrdinalIgnoreCase) => "relax IP restrictions in the connected app's "
            + "policies, or let the integration user log in from this machine's address and at this hour",
        _ when reason.Contains("inactive", StringComparison.OrdinalIgnoreCase)
            || reason.Contains("locked", StringComparison.OrdinalIgnoreCase) => "activate or unlock the integration user (Setup > Users)",
        _ when reason.Contains("user hasn't approved", StringComparison.OrdinalIgnoreCase) => "in the connected app's policies set "
            + $"\"Admin approved users are pre-authorized\" and add the profile or permission set of {connection.Setting("Username")}",
        _ when reason.Contains("no client credentials user", StringComparison.OrdinalIgnoreCase) =>
            "in the connected app's policies choose the user to \"Run As\" under Client Credentials Flow",
        _ when connection.PrivateKey is not null => $"check that {connection.Setting("PrivateKey")} belongs to the certificate of the "
            + $"connected app, {connection.Setting("Username")} to this organisation (a sandbox adds its name), and the clock of this "
            + "machine",
        _ => "enable the Client Credentials Flow of the connected app with a user to \"Run As\", and check "
            + $"{connection.Setting("LoginUrl")} and {connection.Setting("ClientSecret")}",
    };
}
