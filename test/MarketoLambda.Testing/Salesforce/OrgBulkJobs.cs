using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using MarketoLambda.Testing.Salesforce.Soql;

namespace MarketoLambda.Testing.Salesforce;

/// <summary>Bulk API 2.0 query jobs: created, waited for, fetched in parts. Rows come in no order anybody could use.</summary>
internal sealed class OrgBulkJobs(EmulatedOrg org)
{
    private readonly Dictionary<string, Job> _jobs = new(StringComparer.Ordinal);

    public int Created { get; private set; }

    public void Forget() => _jobs.Clear();

    public OrgAnswer Create(OrgRequest request)
    {
        var body = JsonNode.Parse(request.Body)!;
        if ((string?)body["operation"] is not ("query" or "queryAll"))
        {
            return OrgAnswer.Error(400, "INVALIDOPERATION", "Operation not supported");
        }

        try
        {
            var soql = (string?)body["query"] ?? "";
            var (query, queried) = org.Queries.Understand(soql, isBulk: true);
            if (query.IsCount)
            {
                return OrgAnswer.Error(400, "API_ERROR", "Aggregate Relationships not supported in Bulk Query");
            }

            Job job = new(
                $"750000000{++Created:D6}AAA",
                (string)body["operation"]!,
                query,
                queried,
                org.Time.GetUtcNow(),
                org.Time.GetUtcNow() + org.Options.BulkDuration);
            _jobs.Add(job.Id, job);
            return OrgAnswer.Ok(Describe(job));
        }
        catch (SoqlException refusal)
        {
            return OrgAnswer.Error(400, "API_ERROR", $"{refusal.ErrorCode}: {refusal.Message}");
        }
    }

    public OrgAnswer Status(OrgRequest request) =>
        _jobs.TryGetValue(request.Segments[5], out var job)
            ? OrgAnswer.Ok(Describe(job))
            : OrgAnswer.Error(404, "NOT_FOUND", "The requested resource does not exist");

    public OrgAnswer Results(OrgRequest request)
    {
        if (!_jobs.TryGetValue(request.Segments[5], out var job))
        {
            return OrgAnswer.Error(404, "NOT_FOUND", "The requested resource does not exist");
        }

        if (State(job) != "JobComplete")
        {
            return OrgAnswer.Error(400, "INVALIDJOBSTATE", "The job is not complete");
        }

        var rows = job.Rows!;
        var from = request["locator"] is { } locator
            ? int.Parse(Encoding.ASCII.GetString(Convert.FromBase64String(locator)), CultureInfo.InvariantCulture)
            : 0;
        var most = request["maxRecords"] is { } text ? int.Parse(text, CultureInfo.InvariantCulture) : org.Options.BulkPageSize;
        var to = Math.Min(rows.Count, from + Math.Min(most, org.Options.BulkPageSize));
        StringBuilder csv = new();
        if (from == 0 || org.Options.BulkHeaderOnEveryPage)
        {
            csv.AppendJoin(',', job.Query.Fields.Select(field => OrgValues.Csv(field.Text))).Append('\n');
        }

        foreach (var row in rows.Skip(from).Take(to - from))
        {
            csv.AppendJoin(',', row.Select(OrgValues.Csv)).Append('\n');
        }

        return new OrgAnswer(200, csv.ToString(), "text/csv")
        {
            Headers = new Dictionary<string, string>
            {
                ["Sforce-NumberOfRecords"] = (to - from).ToString(CultureInfo.InvariantCulture),
                ["Sforce-Locator"] =
                    to == rows.Count ? "null" : Convert.ToBase64String(Encoding.ASCII.GetBytes(to.ToString(CultureInfo.InvariantCulture))),
            },
        };
    }

    /// <summary>The newest job ends like that.</summary>
    internal void End(string state, string message)
    {
        if (_jobs.Values.LastOrDefault() is { } job)
        {
            (job.End, job.ErrorMessage) = (state, message);
        }
    }

    private string State(Job job)
    {
        if (job.End is { } end)
        {
            return end;
        }

        if (org.Time.GetUtcNow() < job.ReadyAt)
        {
            return "InProgress";
        }

        job.Rows ??=
        [
            .. job
                .Queried.Select(job.Query, job.Operation == "queryAll")
                .Select(record => job.Query.Fields.Select(field => job.Queried.ValueOf(record, field.Text)).ToArray()),
        ];
        return "JobComplete";
    }

    private JsonObject Describe(Job job)
    {
        var state = State(job);
        JsonObject json = new()
        {
            ["id"] = job.Id,
            ["operation"] = job.Operation,
            ["object"] = job.Queried.Name,
            ["state"] = state,
            ["createdDate"] = job.CreatedAt.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'+0000'", CultureInfo.InvariantCulture),
            ["contentType"] = "CSV",
            ["columnDelimiter"] = "COMMA",
            ["lineEnding"] = "LF",
        };
        if (state == "JobComplete")
        {
            json["numberRecordsProcessed"] = job.Rows!.Count;
        }

        if (job.ErrorMessage is { } message)
        {
            json["errorMessage"] = message;
        }

        return json;
    }

    private sealed record Job(
        string Id,
        string Operation,
        SoqlQuery Query,
        OrgObject Queried,
        DateTimeOffset CreatedAt,
        DateTimeOffset ReadyAt)
    {
        public IReadOnlyList<object?[]>? Rows { get; set; }

        public string? End { get; set; }

        public string? ErrorMessage { get; set; }
    }
}
