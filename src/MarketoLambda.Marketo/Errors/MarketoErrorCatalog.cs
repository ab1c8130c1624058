using System.Collections.Frozen;
using System.Net;

namespace MarketoLambda.Marketo.Errors;

/// <summary>The one table of Marketo's error codes; nothing else in the code compares codes.</summary>
public static partial class MarketoErrorCatalog
{
    private const string Unconfirmed = "not documented by Adobe";

    /// <summary>There is no such host, or nobody could be asked for it: the call was never sent.</summary>
    public static MarketoError HostUnknown { get; } =
        new(
            "host-unknown",
            "There is no host of that name",
            Disposition.Transient,
            WhoActs.Operator,
            "check the network, and that Marketo__BaseUrl is like https://123-ABC-456.mktorest.com, the endpoint in Admin > Web Services",
            Unconfirmed)
        {
            IsCounted = false,
        };

    /// <summary>The connection was refused: the call was never sent.</summary>
    public static MarketoError NotSent { get; } = new("not-sent", "No connection to Marketo", Disposition.Transient, WhoActs.Operator,
        "check the network and that Marketo__BaseUrl is the address of your subscription", Unconfirmed)
    { IsCounted = false };

    /// <summary>No answer within Marketo's own time limit and ten seconds more.</summary>
    public static MarketoError TimedOut { get; } = new("timed-out", "No answer in time", Disposition.Ambiguous, WhoActs.Nobody,
        "try again later; if it stays, ask Adobe's support", "custom-objects, time-outs");

    /// <summary>The connection broke after the call was sent.</summary>
    public static MarketoError Broken { get; } = new("connection-broken", "The connection broke", Disposition.Ambiguous, WhoActs.Nobody,
        "try again later; if it stays, check proxies and firewalls on the way", Unconfirmed);

    /// <summary>The answer is not the JSON that Adobe documents, or does not fit the request.</summary>
    public static MarketoError Unreadable { get; } =
        new(
            "unreadable",
            "The answer was not understood",
            Disposition.Ambiguous,
            WhoActs.Developer,
            "try again later; if it stays, check what answers at Marketo__BaseUrl",
            Unconfirmed);

    /// <summary>Stands for every code that is not in the table.</summary>
    public static MarketoError Unknown { get; } = new("unknown", "Unknown error", Disposition.Ambiguous, WhoActs.Developer,
        "look the code up in Adobe's list of error codes and add it to MarketoErrorCatalog", Unconfirmed)
    { MayQuoteValues = true };

    /// <summary>Stands for every HTTP status from 500 on: a gateway or proxy answered in Marketo's place.</summary>
    public static MarketoError Gateway { get; } = new("HTTP 5xx", "Marketo's gateway failed", Disposition.Ambiguous, WhoActs.Nobody,
        "try again later; if it stays, see status.adobe.com", "error-codes, 502; seen as HTTP status by several clients");

    /// <summary>
    /// Stands for every HTTP status from 300 to 399: redirects are not followed, since records and secrets would go to another host.
    /// </summary>
    public static MarketoError Redirected { get; } =
        new(
            "HTTP 3xx",
            "This address sends on to another one",
            Disposition.RequestWrong,
            WhoActs.Operator,
            "set Marketo__BaseUrl to one like https://123-ABC-456.mktorest.com, or have the proxy on the way corrected; nothing was sent "
                + "to the other address",
            Unconfirmed);

    /// <summary>A permission is missing.</summary>
    public static MarketoError AccessDenied => Find("603");

    /// <summary>No lead is meant by what a record says.</summary>
    public static MarketoError LeadNotFound => Find("1004");

    /// <summary>A lead that was to be created exists.</summary>
    public static MarketoError LeadExists => Find("1005");

    /// <summary>A record that was to be updated or deleted does not exist.</summary>
    public static MarketoError RecordNotFound => Find("1013");

    /// <summary>A record that was to be created exists.</summary>
    public static MarketoError RecordExists => Find("1017");

    /// <summary>Several records have the key.</summary>
    public static MarketoError SeveralMatch => Find("1007");

    /// <summary>Every row, in the order of the tables.</summary>
    public static IReadOnlyList<MarketoError> All { get; } =
        [
            .. ResponseLevel.Rows,
            .. RecordLevel.Rows,
            .. HttpLevel(),
            Redirected,
            Gateway,
            HostUnknown,
            NotSent,
            TimedOut,
            Broken,
            Unreadable,
            Unknown,
        ];

    private static readonly FrozenDictionary<string, MarketoError> ByCode = All.ToFrozenDictionary(error => error.Code);

    /// <summary>
    /// The row of one of Marketo's codes, also of a record's reason; <see cref="Unknown"/> for a code that is not in the table.
    /// </summary>
    public static MarketoError Find(string code) => ByCode.GetValueOrDefault(code, Unknown);

    /// <summary>The row of an HTTP status other than success.</summary>
    public static MarketoError Find(HttpStatusCode status) =>
        ByCode.GetValueOrDefault(CodeOf(status)) ?? ((int)status >= 500 ? Gateway : (int)status is >= 300 and < 400 ? Redirected : Unknown);

    internal static string CodeOf(HttpStatusCode status) => $"HTTP {(int)status}";

    private static IEnumerable<MarketoError> HttpLevel()
    {
        yield return new("HTTP 401", "Wrong client id or secret", Disposition.Denied, WhoActs.Operator,
            "compare Marketo__ClientId and Marketo__ClientSecret with Admin > LaunchPoint > View Details", "error-codes, HTTP level");
        yield return new("HTTP 404", "Nothing at this address", Disposition.RequestWrong, WhoActs.Operator,
            "check that Marketo__BaseUrl is like https://123-ABC-456.mktorest.com", "bulk-import");
        yield return new("HTTP 413", "Request entity too large", Disposition.TooLarge, WhoActs.Developer,
            "send fewer records per call: a body may have 1 MB", "error-codes, HTTP level")
        { MayBeContent = true };
        yield return new("HTTP 414", "Request URI too long", Disposition.TooLarge, WhoActs.Developer,
            "ask for fewer values or fields per call: an address may have 8 KB", "error-codes, HTTP level");
    }
}
