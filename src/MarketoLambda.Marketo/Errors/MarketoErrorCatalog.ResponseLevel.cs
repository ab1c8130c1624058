
namespace MarketoLambda.Marketo.Errors;

public static partial class MarketoErrorCatalog
{
    /// <summary>Rows of codes that answer a whole call.</summary>
    private static class ResponseLevel
    {
        private const string Later = "try again later; if it stays, ask Adobe's support and give the request id";
        private const string Bug = "this is a mistake in this program: report it with the request id";
        private const string NotUsed = "this call should not return it: report it with the request id";

        public static readonly IReadOnlyList<MarketoError> Rows =
        [
            Row(
                "500",
                "Internal server error",
                Disposition.Ambiguous,
                WhoActs.Developer,
                "try again later; if it stays, the address of the call may be malformed: report it"
            ) with
            {
                MayBeContent = true,
            },
            Row("502", "Bad gateway", Disposition.Ambiguous, WhoActs.Nobody, Later),
            Row("600", "Empty access token", Disposition.RequestWrong, WhoActs.Developer, Bug),
            Row(
                "601",
                "Access token invalid",
                Disposition.RenewToken,
                WhoActs.Nobody,
                "check that the custom service and its API user still exist"
            ) with
            {
                IsCounted = false,
            },
            Row(
                "602",
                "Access token expired",
                Disposition.RenewToken,
                WhoActs.Nobody,
                "check that the custom service and its API user still exist"
            ) with
            {
                IsCounted = false,
            },
            Row(
                "603",
                "Access denied",
                Disposition.Denied,
                WhoActs.Operator,
                "give the API user's role the permission \"Read-Write Custom Object\" (for people, companies and other standard objects "
                    + "also the one of that object, such as \"Read-Write Person\"; to create objects \"Read-Write Custom Object Type\") in "
                    + "Admin > Users & Roles, and check that no IP allowlist blocks this machine"
            ) with
            {
                MeansMisconfigured = true,
            },
            Row(
                "604",
                "Request time-out",
                Disposition.Ambiguous,
                WhoActs.Nobody,
                "lower Marketo__RecordsPerCall, or try again later"
            ) with
            {
                IsCounted = false,
            },
            Row("605", "HTTP method not supported", Disposition.RequestWrong, WhoActs.Developer, Bug) with
            {
                IsCounted = false,
            },
            Row(
                "606",
                "Rate limit exceeded",
                Disposition.Throttled,
                WhoActs.Nobody,
                "lower Marketo__CallsPer20Seconds, since other integrations use the same 100 calls per 20 seconds"
            ) with
            {
                IsRateLimit = true,
            },
            Row(
                "607",
                "Daily quota reached",
                Disposition.QuotaReached,
                WhoActs.Operator,
                "it starts anew at midnight CST; if this recurs, see in Admin > Web Services who uses the calls, or ask Adobe for a higher "
                    + "quota"),
            Row("608", "API temporarily unavailable", Disposition.Ambiguous, WhoActs.Nobody, Later) with
            {
                IsCounted = false,
            },
            Row("609", "Invalid JSON", Disposition.RequestWrong, WhoActs.Developer, Bug) with
            {
                MayQuoteValues = true,
                MayBeContent = true,
            },
            Row(
                "610",
                "Requested resource not found",
                Disposition.RequestWrong,
                WhoActs.Operator,
                "check the API name in Admin > Marketo Custom Objects, and that the object is approved"
            ) with
            {
                MeansNotFound = true,
                MeansMisconfigured = true,
            },
            Row(
                "611",
                "System error",
                Disposition.Ambiguous,
                WhoActs.Nobody,
                $"a record may be the cause, which a run without a time limit finds and rejects; else {Later}"
            ) with
            {
                IsCounted = false,
                MayQuoteValues = true,
                MayBeContent = true,
            },
            Row("612", "Invalid content type", Disposition.RequestWrong, WhoActs.Developer, Bug) with
            {
                MeansMisconfigured = true,
            },
            Row("613", "Invalid multipart request", Disposition.RequestWrong, WhoActs.Developer, Bug),
            Row(
                "614",
                "Invalid subscription",
                Disposition.Transient,
                WhoActs.Operator,
                "check that Marketo__BaseUrl is the address of your subscription; normally it passes"),
            Row(
                "615",
                "Concurrent access limit reached",
                Disposition.Throttled,
                WhoActs.Nobody,
                "lower Marketo__CallsInFlight, since other integrations use the same 10 places"),
            Row(
                "616",
                "Invalid subscription type",
                Disposition.Denied,
                WhoActs.Operator,
                "the subscription lacks the Custom Object Metadata API: create the objects by hand in Admin > Marketo Custom Objects"
            ) with
            {
                MeansMisconfigured = true,
            },
            Row("701", "A required value is blank", Disposition.RequestWrong, WhoActs.Developer, Bug) with
            {
                MayBeContent = true,
            },
            Row("702", "No data found", Disposition.RequestWrong, WhoActs.Operator, "check the names in the request") with
            {
                MeansNotFound = true,
            },
            Row(
                "703",
                "Feature not enabled for the subscription",
                Disposition.Denied,
                WhoActs.Operator,
                "ask Adobe to enable it"
            ) with
            {
                MeansMisconfigured = true,
            },
            Row("704", "Invalid date format", Disposition.RequestWrong, WhoActs.Developer, Bug) with
            {
                MayQuoteValues = true,
                MayBeContent = true,
            },
            Row(
                "709",
                "Business rule violation",
                Disposition.RequestWrong,
                WhoActs.Operator,
                "check in Marketo whether the object already is as asked, for example approved without a draft"),
            Row("710", "Parent folder not found", Disposition.RequestWrong, WhoActs.Developer, NotUsed),
            Row("711", "Incompatible folder type", Disposition.RequestWrong, WhoActs.Developer, NotUsed),
            Row("712", "Merge to person account is invalid", Disposition.RequestWrong, WhoActs.Developer, NotUsed),
            Row("713", "Transient error", Disposition.Ambiguous, WhoActs.Nobody, Later),
            Row("714", "Default record type not found", Disposition.RequestWrong, WhoActs.Developer, NotUsed),
            Row(
                "718",
                "ExternalSalesPersonID not found",
                Disposition.RequestWrong,
                WhoActs.DataOwner,
                "create the sales person in Marketo first, or correct externalSalesPersonId in the source"
            ) with
            {
                MayBeContent = true,
            },
            Row("719", "Lock wait time-out", Disposition.Transient, WhoActs.Nobody, Later),
        ];

        private static MarketoError Row(string code, string message, Disposition disposition, WhoActs whoActs, string remedy) =>
            new(code, message, disposition, whoActs, remedy, "error-codes, response level");
    }
}
