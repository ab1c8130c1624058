using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace MarketoLambda.Testing.Salesforce.Attack;

/// <summary>An organisation for attacks: people who work all the time, and answers that go wrong in every way that is known.</summary>
/// <remarks>Reads the queries of imports and writes answers on its own; it shares nothing with the client and nothing with
/// <see cref="EmulatedOrg"/>. One thread at a time.</remarks>
public sealed partial class HostileOrg(TimeProvider time, Random random)
{
    private const string Time = "yyyy-MM-dd'T'HH:mm:ss.fff";

    private readonly Dictionary<int, HostileRecord> _records = [];
    private readonly List<(DateTimeOffset VisibleAt, HostileRecord Record)> _uncommitted = [];
    private readonly Dictionary<string, BulkQuery> _jobs = [];
    private readonly HashSet<string> _tokens = [];
    private int _number;
    private string? _followed;

    /// <summary>Where it lives.</summary>
    public string Address { get; set; } = "https://hostile.my.salesforce.com";

    /// <summary>Where every call is sent instead; null to answer it.</summary>
    public string? RedirectTo { get; init; }

    /// <summary>How far its clock is ahead of ours.</summary>
    public TimeSpan Skew { get; init; }

    /// <summary>How far a proxy's idea of the header <c>Date</c> is ahead of its clock.</summary>
    public TimeSpan DateSkew { get; init; }

    /// <summary>Ids have 15 characters.</summary>
    public bool HasShortIds { get; init; }

    /// <summary>Most seconds from a record's stamp to the end of its transaction.</summary>
    public int LatestCommitSeconds { get; init; } = 480;

    public int PageSize { get; init; } = 4;

    public int PartSize { get; init; } = 3;

    public TimeSpan BulkDuration { get; set; } = TimeSpan.FromSeconds(20);

    /// <summary>Chance that somebody works while a call arrives.</summary>
    public double Activity { get; set; }

    public HostileFaults Faults { get; init; } = new(random);

    /// <summary>Calls that arrived.</summary>
    public int Calls { get; private set; }

    /// <summary>Somebody creates, changes or deletes some records; some transactions end late.</summary>
    public void Work(int most)
    {
        for (var writes = random.Next(1, most + 1); writes > 0; writes--)
        {
            var number = random.Next(1, 60);
            var late = random.Next(8) == 0 ? TimeSpan.FromSeconds(random.Next(1, LatestCommitSeconds)) : TimeSpan.Zero;
            if (_uncommitted.Exists(pending => pending.Record.Number == number))
            {
                continue; // locked
            }

            _uncommitted.Add((Now + late, new HostileRecord(number, Id(number), Now, ++_number, IsDeleted: random.Next(9) == 0)));
            _ = Visible();
        }
    }

    /// <summary>What is there and can be imported: versions by key. Every 13th record holds a text that is none.</summary>
    public IReadOnlyDictionary<string, int> Truth =>
        Visible().Where(record => !record.IsDeleted && record.Number % 13 != 0).ToDictionary(record => record.Key, record =>
            record.Version);

    private DateTimeOffset Now
    {
        get
        {
            var now = time.GetUtcNow() + Skew;
            return now.AddTicks(-(now.Ticks % TimeSpan.TicksPerMillisecond));
        }
    }

    /// <summary>Answers a request.</summary>
    /// <param name="method">GET or POST.</param>
    /// <param name="target">Path and query.</param>
    /// <param name="token">What the Authorization header holds behind <c>Bearer</c>.</param>
    /// <param name="body">Body of a POST.</param>
    public HostileAnswer Answer(string method, string target, string? token, string body)
    {
        Calls++;
        if (RedirectTo is { } elsewhere)
        {
            return new HostileAnswer(307, []) { Headers = { ["Location"] = elsewhere } };
        }

        if (random.NextDouble() < Activity)
        {
            Work(3);
        }

        var answer = Faults.Before();
        _followed = answer is null ? _followed : null;
        answer ??= Twisted(target, Whole(method, target, token, body));
        if (answer.Status == 401)
        {
            _tokens.Clear();
        }

        answer.Headers.TryAdd("Date", (Now + DateSkew).UtcDateTime.ToString("R", CultureInfo.InvariantCulture));
        return answer;
    }

    /// <summary>After an answer that may not have been understood, what follows is asked for as if it were the first.</summary>
    private HostileAnswer Twisted(string target, HostileAnswer whole)
    {
        var answer = Faults.Twist(target, whole);
        _followed = ReferenceEquals(answer, whole) ? _followed : null;
        return answer;
    }

    private HostileAnswer Whole(string method, string target, string? token, string body)
    {
        var path = target.Split('?')[0];
        var query = target.Contains('?', StringComparison.Ordinal)
            ? target.Split('?')[1].Split('&').Select(pair => pair.Split('=', 2)).ToDictionary(pair => pair[0], pair =>
            Uri.UnescapeDataString(pair[1])) : [];
        if (path == "/services/oauth2/token")
        {
            _followed = null;
            var name = $"token-{_tokens.Count}-{Calls}";
            _tokens.Add(name);
            return HostileAnswer.Json($$"""{"access_token":"{{name}}","instance_url":"{{Address}}","token_type":"Bearer"}""");
        }

        return token is null || !_tokens.Contains(token) ? HostileAnswer.Error(401, "INVALID_SESSION_ID", "Session expired or invalid")
            : path.EndsWith("/describe", StringComparison.Ordinal) ? Describe()
            : path.EndsWith("/query", StringComparison.Ordinal) && method == "POST" ? CreateJob(body)
            : path.EndsWith("/query", StringComparison.Ordinal) || path.EndsWith("/queryAll", StringComparison.Ordinal)
            ? Query(query["q"], path.EndsWith("All", StringComparison.Ordinal))
            : path.EndsWith("/results", StringComparison.Ordinal) ? Results(path.Split('/')[^2], query)
            : path.Contains("/jobs/query/", StringComparison.Ordinal) ? Job(path.Split('/')[^1])
            : HostileAnswer.Error(404, "NOT_FOUND", "The requested resource does not exist");
    }

    private static HostileAnswer Describe() => HostileAnswer.Json(
        """{"name":"Asset","fields":[{"name":"Id","type":"id","calculated":false},{"name":"SystemModstamp","type":"datetime"},"""
        + """{"name":"IsDeleted","type":"boolean"},{"name":"Serial__c","type":"string","relationshipName":null,"referenceTo":[]},"""
        + """{"name":"Version__c","type":"double"},{"name":"Text__c","type":"textarea"}]}""");

    private HostileAnswer Query(string soql, bool withDeleted)
    {
        var asked = Soql().Match(soql);
        var rows = Rows(soql, withDeleted);
        if (asked.Groups["what"].Value == "COUNT()")
        {
            return HostileAnswer.Json($$"""{"totalSize":{{rows.Count}},"done":true,"records":[]}""");
        }

        var limited = asked.Groups["limit"].Success
            ? rows.Take(int.Parse(asked.Groups["limit"].Value, CultureInfo.InvariantCulture)).ToList() : rows;
        if (asked.Groups["order"].Value == "SystemModstamp, Id")
        {
            var until = Condition().Matches(soql).First(condition => condition.Groups["sign"].Value == "<").Groups["value"].Value;
            var skips = until == _followed && limited.Count > PageSize && Faults.Skips();
            limited = skips ? limited[PageSize..] : limited;
            _followed = skips || limited.Count <= PageSize ? null : until;
        }

        var page = limited.Take(PageSize).ToList();
        var isDone = page.Count == limited.Count;
        var more = isDone ? "" : $$""","nextRecordsUrl":"/services/data/v62.0/query/01g{{Calls:D12}}AAA-{{page.Count}}" """;
        var fields = asked.Groups["what"].Value.Split(',');
        string Members(HostileRecord record) => string.Join(',', fields.Select(field => $"\"{field}\":{record.Json(field)}"));
        var records = string.Join(',', page.Select(record => $$"""{"attributes":{"type":"Asset"},{{Members(record)}}}"""));
        return HostileAnswer.Json(
            $$"""{"totalSize":{{limited.Count}},"done":{{(isDone ? "true" : "false")}}{{more}},"records":[{{records}}]}""");
    }

    private List<HostileRecord> Rows(string soql, bool withDeleted)
    {
        var rows = Visible().Where(record => withDeleted || !record.IsDeleted);
        foreach (Match condition in Condition().Matches(soql))
        {
            var (sign, value) = (condition.Groups["sign"].Value, condition.Groups["value"].Value);
            rows = condition.Groups["field"].Value == "Id"
                ? rows.Where(record => string.CompareOrdinal(record.Id, value) > 0)
                : rows.Where(record => sign == "<" ? record.Stamp < Parsed(value) : record.Stamp >= Parsed(value));
        }

        var order = Soql().Match(soql).Groups["order"].Value;
        return [.. order switch
        {
            "Id" => rows.OrderBy(record => record.Id, StringComparer.Ordinal),
            "SystemModstamp DESC" => rows.OrderByDescending(record => record.Stamp),
            "" => rows.OrderBy(record => (record.Number * 31) % 97),
            _ => rows.OrderBy(record => record.Stamp).ThenBy(record => record.Id, StringComparer.Ordinal),
        }];
    }

    private HostileAnswer CreateJob(string body)
    {
        var id = $"750{_jobs.Count + 1:D12}AAA";
        _jobs[id] = new BulkQuery(Regex.Unescape(Regex.Match(body, "\"query\":\"(?<soql>.*)\"").Groups["soql"].Value),
            body.Contains("queryAll", StringComparison.Ordinal), Now);
        return HostileAnswer.Json($$"""{"id":"{{id}}","state":"UploadComplete"}""");
    }

    private HostileAnswer Job(string id)
    {
        if (!_jobs.TryGetValue(id, out var job))
        {
            return HostileAnswer.Error(404, "NOT_FOUND", "The requested resource does not exist");
        }

        if (Faults.Chance(0.03))
        {
            job.End = random.Next(3) switch { 0 => "Aborted", 1 => "Failed", _ => "Gone" };
        }

        if (job.End == "Gone")
        {
            _jobs.Remove(id);
        }

        var state = job.End ?? (Now - job.CreatedAt >= BulkDuration ? "JobComplete" : "InProgress");
        job.Rows ??= state == "JobComplete" ? Rows(job.Soql, job.WithDeleted) : null;
        var created = job.CreatedAt.UtcDateTime.ToString(Time, CultureInfo.InvariantCulture);
        return HostileAnswer.Json(
            $$"""{"id":"{{id}}","state":"{{state}}","createdDate":"{{created}}+0000","numberRecordsProcessed":{{job.Rows?.Count ?? 0}}}""");
    }

    private HostileAnswer Results(string id, Dictionary<string, string> query)
    {
        if (!_jobs.TryGetValue(id, out var job) || job.Rows is null)
        {
            return HostileAnswer.Error(404, "NOT_FOUND", "The requested resource does not exist");
        }

        var from = query.TryGetValue("locator", out var locator) ? int.Parse(locator.AsSpan(3), CultureInfo.InvariantCulture) : 0;
        var part = job.Rows.Skip(from).Take(Math.Min(PartSize, int.Parse(query["maxRecords"], CultureInfo.InvariantCulture))).ToList();
        var fields = Soql().Match(job.Soql).Groups["what"].Value.Split(',');
        var csv = string.Concat(part.Select(record => string.Join(',', fields.Select(record.Csv)) + "\n"));
        var header = string.Join(',', fields.Select(field => $"\"{field}\"")) + "\n";
        HostileAnswer answer = new(200, Encoding.Latin1.GetBytes(from == 0 || random.Next(2) == 0 ? header + csv : csv));
        answer.Headers["Sforce-Locator"] = from + part.Count >= job.Rows.Count ? "null" : $"MTI{from + part.Count}";
        answer.Headers["Sforce-NumberOfRecords"] = $"{part.Count}";
        return answer;
    }

    private Dictionary<int, HostileRecord>.ValueCollection Visible()
    {
        foreach (var (_, record) in _uncommitted.Where(pending => pending.VisibleAt <= Now).OrderBy(pending => pending.VisibleAt).ToList())
        {
            _records[record.Number] = record;
        }

        _uncommitted.RemoveAll(pending => pending.VisibleAt <= Now);
        return _records.Values;
    }

    // Ids that differ in casing only, as those of Salesforce may: 15 characters, and three that tell the casing.
    private string Id(int number) =>
        $"02i00000000{(char)((number % 2 == 0 ? 'a' : 'A') + (number / 2 % 20))}{number:D3}"
        + (HasShortIds ? "" : number % 2 == 0 ? "AAA" : "EAA");

    private static DateTimeOffset Parsed(string text) =>
        DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);

    [GeneratedRegex(@"^SELECT (?<what>\S+) FROM Asset( WHERE (?<where>.+?))?( ORDER BY (?<order>.+?))?( LIMIT (?<limit>\d+))?$")]
    private static partial Regex Soql();

    [GeneratedRegex(@"(?<field>SystemModstamp|Id) (?<sign>>=|<|>) '?(?<value>[\w:-]+)")]
    private static partial Regex Condition();

    private sealed record BulkQuery(string Soql, bool WithDeleted, DateTimeOffset CreatedAt)
    {
        public List<HostileRecord>? Rows { get; set; }

        public string? End { get; set; }
    }
}

/// <summary>A record as it was saved.</summary>
internal sealed record HostileRecord(int Number, string Id, DateTimeOffset Stamp, int Version, bool IsDeleted)
{
    // Half an emoji and a NUL in JSON, a byte that is no UTF-8 in CSV.
    private string Bad => Number % 2 == 0 ? @"\ud83d" : @"\u0000";

    /// <summary>Dedupe key.</summary>
    public string Key => $"sn-{Number}";

    private string At => Stamp.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff", CultureInfo.InvariantCulture);

    public string Json(string field) => field switch
    {
        "Id" => $"\"{Id}\"",
        "SystemModstamp" => $"\"{At}+0000\"",
        "IsDeleted" => IsDeleted ? "true" : "false",
        "Serial__c" => $"\"{Key}\"",
        "Version__c" => $"{Version}.0",
        _ => Number % 13 == 0 ? $"\"cut {Bad}\"" : @"""a \""quote\"", a line\r\nand \ud83d\ude00""",
    };

    public string Csv(string field) => field switch
    {
        "Id" => $"\"{Id}\"",
        "SystemModstamp" => $"\"{At}Z\"",
        "IsDeleted" => IsDeleted ? "\"true\"" : "\"false\"",
        "Serial__c" => $"\"{Key}\"",
        "Version__c" => $"\"{Version}.0\"",
        _ => Number % 13 == 0 ? "\"cut \u00ff\"" : "\"a \"\"quote\"\", a line\r\nand more\"",
    };
}

/// <summary>An answer on its way.</summary>
public sealed record HostileAnswer(int Status, byte[] Body)
{
    public Dictionary<string, string> Headers { get; } = [];

    public HostileDelivery Delivery { get; init; }

    public static HostileAnswer Json(string json) => new(200, Encoding.UTF8.GetBytes(json));

    public static HostileAnswer Error(int status, string code, string message) =>
        new(status, Encoding.UTF8.GetBytes($$"""[{"errorCode":"{{code}}","message":"{{message}}"}]"""));
}

/// <summary>How an answer arrives.</summary>
public enum HostileDelivery
{
    Whole,

    /// <summary>Not at all; the connection stays open.</summary>
    Never,

    /// <summary>The connection ends before the first byte.</summary>
    Reset,

    /// <summary>The connection ends in the middle, short of its announced length.</summary>
    Cut,

    /// <summary>Packed, and cut with a length that fits.</summary>
    PackedAndCut,

    /// <summary>Announced as packed, and it is not.</summary>
    NotPacked,
}
