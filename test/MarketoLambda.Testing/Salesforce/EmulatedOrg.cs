namespace MarketoLambda.Testing.Salesforce;

/// <summary>
/// A Salesforce organisation in memory, on any clock: objects, sessions, queries, bulk query jobs, and what goes wrong with them.
/// </summary>
/// <remarks>
/// Shares no type with the client: both read Salesforce's documentation on their own. The README beside this file says what it does not
/// emulate.
/// </remarks>
public sealed class EmulatedOrg
{
    private readonly Dictionary<string, OrgObject> _objects = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<OrgCall> _calls = [];
    private readonly Queue<DateTimeOffset> _counted = new();

    public EmulatedOrg(TimeProvider time, OrgOptions? options = null)
    {
        Options = options ?? new OrgOptions();
        Time = Options.ClockSkew == TimeSpan.Zero ? time : new SkewedTime(time, Options.ClockSkew);
        Sessions = new OrgSessions(this);
        Queries = new OrgQueries(this);
        Bulk = new OrgBulkJobs(this);
    }

    public TimeProvider Time { get; }

    public OrgOptions Options { get; }

    public OrgFaults Faults { get; } = new();

    /// <summary>Every call so far.</summary>
    public IReadOnlyList<OrgCall> Calls => _calls;

    /// <summary>The user may use the API.</summary>
    public bool IsApiEnabled { get; set; } = true;

    /// <summary>Objects the user may not see.</summary>
    public ISet<string> HiddenObjects { get; } = new HashSet<string>(StringComparer.OrdinalIgnoreCase);

    internal object Gate { get; } = new();

    internal OrgSessions Sessions { get; }

    internal OrgQueries Queries { get; }

    internal OrgBulkJobs Bulk { get; }

    /// <summary>Bulk jobs ever created.</summary>
    public int BulkJobs => Bulk.Created;

    public OrgObject Define(string name, string prefix, params IReadOnlyList<OrgField> fields) =>
        _objects[name] = new OrgObject(this, name, prefix, fields);

    /// <summary>All sessions end, as when an admin revokes them.</summary>
    public void ExpireSessions() => Sessions.ExpireAll();

    /// <summary>The newest bulk job ends in that state: <c>Failed</c> or <c>Aborted</c>.</summary>
    public void EndBulkJob(string state, string message) => Bulk.End(state, message);

    /// <summary>Bulk jobs and their results are gone, as after seven days.</summary>
    public void ForgetBulkJobs() => Bulk.Forget();

    public HttpMessageHandler CreateHandler() => new OrgHandler(this);

    internal OrgObject? FindObject(string name) => HiddenObjects.Contains(name) ? null : _objects.GetValueOrDefault(name);

    internal async Task<OrgAnswer> AnswerAsync(OrgRequest request)
    {
        var kind = request.Kind;
        var fault = Faults.Next(kind);
        OrgAnswer answer;
        if (fault is null || fault.AfterEffect)
        {
            answer = await DoAsync(request);
        }
        else
        {
            answer = new OrgAnswer(0, "");
        }

        if (fault is not null)
        {
            answer = fault.Status == 0 ? throw new HttpRequestException(HttpRequestError.ResponseEnded, "The response ended prematurely")
                : fault.ErrorCode is { } code ? OrgAnswer.Error(fault.Status, code, fault.Message)
                : new OrgAnswer(fault.Status, fault.Message, "text/html");
        }

        lock (Gate)
        {
            _calls.Add(new OrgCall(kind, request.Soql ?? request.Path, answer.Status));
        }

        return answer;
    }

    private async Task<OrgAnswer> DoAsync(OrgRequest request)
    {
        if (request.Kind == OrgCallKind.Token)
        {
            return Sessions.Ask(request.Form);
        }

        if (Sessions.Find(request.Token) is not { } session)
        {
            return OrgAnswer.Error(401, "INVALID_SESSION_ID", "Session expired or invalid");
        }

        if (!IsApiEnabled)
        {
            return OrgAnswer.Error(403, "API_DISABLED_FOR_ORG", "API is not enabled for this Organization or Partner");
        }

        if (!Count())
        {
            return OrgAnswer.Error(403, "REQUEST_LIMIT_EXCEEDED", "TotalRequests Limit exceeded.");
        }

        if (!Options.ApiVersions.Contains(request.ApiVersion))
        {
            return OrgAnswer.Error(404, "NOT_FOUND", "The requested resource does not exist");
        }

        return request.Kind switch
        {
            OrgCallKind.Describe => OrgDescribe.Of(FindObject(request.Segments[4])),
            OrgCallKind.Objects => OrgDescribe.All(_objects.Keys.Where(name => FindObject(name) is not null)),
            OrgCallKind.Query => await Queries.BeginAsync(request, session),
            OrgCallKind.More => Queries.Continue(request, session),
            OrgCallKind.BulkCreate => Bulk.Create(request),
            OrgCallKind.BulkStatus => Bulk.Status(request),
            OrgCallKind.BulkResults => Bulk.Results(request),
            _ => OrgAnswer.Error(404, "NOT_FOUND", "The requested resource does not exist"),
        };
    }

    private sealed class SkewedTime(TimeProvider time, TimeSpan skew) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => time.GetUtcNow() + skew;

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            time.CreateTimer(callback, state, dueTime, period);
    }

    private bool Count()
    {
        lock (Gate)
        {
            var now = Time.GetUtcNow();
            while (_counted.TryPeek(out var first) && first <= now.AddDays(-1))
            {
                _counted.Dequeue();
            }

            if (_counted.Count >= Options.DailyCalls)
            {
                return false;
            }

            _counted.Enqueue(now);
            return true;
        }
    }
}

/// <summary>A call that was answered.</summary>
/// <param name="Kind">What it asked for.</param>
/// <param name="What">The query, or the path.</param>
/// <param name="Status">HTTP status of the answer.</param>
public sealed record OrgCall(OrgCallKind Kind, string What, int Status);
