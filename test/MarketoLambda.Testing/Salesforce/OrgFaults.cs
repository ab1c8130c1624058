namespace MarketoLambda.Testing.Salesforce;

/// <summary>What a call asks for.</summary>
public enum OrgCallKind
{
    /// <summary>As a rule: any of the others.</summary>
    Any,
    Token,
    Describe,

    /// <summary>All objects.</summary>
    Objects,

    /// <summary>The first page of a query.</summary>
    Query,

    /// <summary>A further page.</summary>
    More,
    BulkCreate,
    BulkStatus,
    BulkResults,
    Other,
}

/// <summary>What goes wrong with a call.</summary>
/// <param name="Status">HTTP status; 0 for a broken connection.</param>
/// <param name="ErrorCode">Salesforce's code; null for a body that is none of Salesforce's.</param>
/// <param name="Message">Its message, or the whole body.</param>
/// <param name="AfterEffect">The call does its work; only the answer is lost.</param>
public sealed record OrgFault(int Status, string? ErrorCode, string Message, bool AfterEffect = false)
{
    public static OrgFault QueryTimeout { get; } = new(400, "QUERY_TIMEOUT", "Your query request was running for too long.");

    public static OrgFault InvalidLocator { get; } = new(400, "INVALID_QUERY_LOCATOR", "invalid query locator");

    public static OrgFault ExpiredSession { get; } = new(401, "INVALID_SESSION_ID", "Session expired or invalid");

    public static OrgFault RequestLimit { get; } = new(403, "REQUEST_LIMIT_EXCEEDED", "TotalRequests Limit exceeded.");

    public static OrgFault Unavailable { get; } = new(503, "SERVER_UNAVAILABLE", "The server is temporarily unavailable");

    public static OrgFault Broken { get; } = new(0, null, "");

    public static OrgFault Gateway { get; } = new(502, null, "<html>Bad Gateway</html>");

    public static OrgFault Garbage { get; } = new(200, null, "{\"totalSi");

    public override string ToString() => ErrorCode ?? (Status == 0 ? "broken connection" : $"HTTP {Status}");
}

/// <summary>Which calls go wrong: the nth of a kind, and so many after it.</summary>
public sealed class OrgFaults
{
    private readonly List<Rule> _rules = [];

    public void On(OrgCallKind kind, OrgFault fault, int nth = 1, int times = 1) => _rules.Add(new Rule(kind, fault, nth, times));

    internal OrgFault? Next(OrgCallKind kind)
    {
        OrgFault? fault = null;
        foreach (var rule in _rules.Where(rule => rule.Kind == kind || rule.Kind == OrgCallKind.Any))
        {
            rule.Seen++;
            fault ??= rule.Seen >= rule.Nth && rule.Seen - rule.Nth < rule.Times ? rule.Fault : null;
        }

        return fault;
    }

    private sealed record Rule(OrgCallKind Kind, OrgFault Fault, int Nth, int Times)
    {
        public int Seen { get; set; }
    }
}
