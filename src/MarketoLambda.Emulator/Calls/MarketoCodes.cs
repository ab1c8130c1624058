using System.Collections.Frozen;

namespace MarketoLambda.Emulator.Calls;

/// <summary>The codes Adobe documents, with their messages.</summary>
/// <remarks>Source: Adobe, rest-api/error-codes.</remarks>
internal static class MarketoCodes
{
    private static readonly FrozenDictionary<string, string> Messages = new Dictionary<string, string>
    {
        ["500"] = "Internal Server error",
        ["502"] = "Bad Gateway",
        ["600"] = "Empty access token",
        ["601"] = "Access token invalid",
        ["602"] = "Access token expired",
        ["603"] = "Access denied",
        ["604"] = "Request time-out",
        ["605"] = "HTTP Method not supported",
        ["606"] = "Max rate limit '100' exceeded with in '20' secs",
        ["607"] = "Daily quota reached",
        ["608"] = "API Temporarily Unavailable",
        ["609"] = "Invalid JSON",
        ["610"] = "Requested resource not found",
        ["611"] = "System error",
        ["612"] = "Invalid Content Type",
        ["613"] = "Invalid Multipart Request",
        ["614"] = "Invalid Subscription",
        ["615"] = "Concurrent access limit reached",
        ["616"] = "Invalid subscription type",
        ["701"] = "Value cannot be blank",
        ["702"] = "No data found for a given search scenario",
        ["703"] = "The feature is not enabled for the subscription",
        ["704"] = "Invalid date format",
        ["709"] = "Business Rule Violation",
        ["713"] = "Transient Error",
        ["719"] = "Lock wait timeout exception",
        ["1001"] = "Invalid value. Required of another type",
        ["1002"] = "Missing value for a required parameter",
        ["1003"] = "Invalid data",
        ["1004"] = "Lead not found",
        ["1005"] = "Lead already exists",
        ["1006"] = "Field not found",
        ["1007"] = "Multiple leads match the lookup criteria",
        ["1008"] = "Access denied to partition",
        ["1009"] = "Partition name must be specified",
        ["1010"] = "Partition update not allowed",
        ["1011"] = "Field not supported",
        ["1013"] = "Object not found",
        ["1014"] = "Failed to create Object",
        ["1015"] = "Lead not in list",
        ["1016"] = "Too many imports",
        ["1017"] = "Object already exists",
        ["1018"] = "CRM Enabled",
        ["1019"] = "Import in progress",
        ["1021"] = "Company update not allowed",
        ["1022"] = "Object in use",
        ["1025"] = "Program status not found",
        ["1026"] = "Custom object not enabled",
        ["1028"] = "Max field limit reached",
        ["1029"] = "Too many jobs in queue",
        ["1035"] = "Unsupported filter type",
        ["1036"] = "Duplicate object found in input",
        ["1037"] = "Lead skipped because it is already in or past this status",
        ["1048"] = "Custom Object Discard Draft Failed",
        ["1049"] = "Invalid or too long attributes",
    }.ToFrozenDictionary();

    /// <summary>Every documented code that concerns the emulated objects, 500 to 1049.</summary>
    public static IReadOnlyCollection<string> All => Messages.Keys;

    /// <summary>Codes of a whole response that Adobe calls temporary.</summary>
    public static IReadOnlyCollection<string> Transient { get; } = ["500", "502", "604", "606", "608", "611", "614", "615", "713", "719"];

    /// <summary>The documented message; a general one for a code Adobe does not list.</summary>
    public static string MessageOf(string code) => Messages.GetValueOrDefault(code, "Error");

    /// <summary>
    /// Whether calls answered with this code count neither in the rate limit nor in the daily quota: the starred rows of Adobe's table.
    /// </summary>
    internal static bool IsUncounted(string? code) => code is "601" or "602" or "604" or "605" or "608" or "611";
}
