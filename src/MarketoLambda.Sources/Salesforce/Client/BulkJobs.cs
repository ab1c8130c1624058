using System.Globalization;
using System.Text;
using System.Text.Json;
using MarketoLambda.Sources.Json;

namespace MarketoLambda.Sources.Salesforce.Client;

/// <summary>Bulk API 2.0 query jobs: Salesforce runs a query on its own and keeps the result for seven days.</summary>
/// <remarks>Source: Bulk API 2.0 and Bulk API Developer Guide, "Query Jobs".</remarks>
internal sealed class BulkJobs(SalesforceClient client)
{
    /// <summary>Starts a query; returns the job's id.</summary>
    public Task<string> CreateAsync(string soql, bool withDeleted, CancellationToken cancellationToken)
    {
        using MemoryStream body = new();
        using (Utf8JsonWriter json = new(body))
        {
            json.WriteStartObject();
            json.WriteString("operation", withDeleted ? "queryAll" : "query");
            json.WriteString("query", soql);
            json.WriteEndObject();
        }

        return client.PostAsync("jobs/query", Encoding.UTF8.GetString(body.ToArray()), JobId, cancellationToken);
    }

    public async Task<BulkJobState> FindAsync(string id, CancellationToken cancellationToken)
    {
        try
        {
            return await client.GetAsync(Path(id), answer => State(id, answer), cancellationToken);
        }
        catch (SalesforceException gone) when (gone.Code == SalesforceException.NotFound)
        {
            return new BulkJobState(BulkJobOutcome.Gone);
        }
    }

    /// <summary>A part of the result; the first where there is no locator.</summary>
    /// <param name="id">The job.</param>
    /// <param name="locator">Where the part begins.</param>
    /// <param name="maxRows">Bounds the size of the answer.</param>
    /// <param name="read">Makes sense of it.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public Task<T> GetPartAsync<T>(string id, string? locator, int maxRows, Func<BulkPart, T> read, CancellationToken cancellationToken) =>
        client.GetPartAsync(
        $"{Path(id)}/results?maxRecords={maxRows.ToString(CultureInfo.InvariantCulture)}"
            + (locator is null ? "" : $"&locator={Uri.EscapeDataString(locator)}"),
        read,
        cancellationToken);

    private static BulkJobState State(string id, JsonElement job)
    {
        if (JobId(job) != id)
        {
            throw SalesforceException.Misfit("is about another bulk job");
        }

        return job.GetProperty("state").GetString() switch
        {
            "JobComplete" => new BulkJobState(BulkJobOutcome.Complete) { Rows = job.GetProperty("numberRecordsProcessed").GetInt64() },
            "Failed" or "Aborted" => new BulkJobState(BulkJobOutcome.Failed) { Message = Optional(job, "errorMessage") },
            "UploadComplete" or "InProgress" =>
                new BulkJobState(BulkJobOutcome.Running)
                {
                    CreatedAt = SalesforceValue.Parse("datetime", Optional(job, "createdDate")) as DateTimeOffset?,
                },
            _ => throw SalesforceException.Misfit("tells a state of a bulk job that is not documented"),
        };
    }

    private static string JobId(JsonElement job) =>
        job.GetProperty("id").GetString() is { Length: > 0 } id && id.All(char.IsAsciiLetterOrDigit) ? id
            : throw SalesforceException.Misfit("names no bulk job");

    private static string? Optional(JsonElement json, string name) =>
        json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? JsonText.Read(value) : null;

    private static string Path(string id) => $"jobs/query/{Uri.EscapeDataString(id)}";
}

/// <summary>How a bulk job stands.</summary>
/// <param name="Outcome">What became of it.</param>
internal sealed record BulkJobState(BulkJobOutcome Outcome)
{
    /// <summary>Rows of a complete one.</summary>
    public long? Rows { get; init; }

    /// <summary>Why it failed, in Salesforce's words.</summary>
    public string? Message { get; init; }

    /// <summary>Since when a running one is there; null where Salesforce does not tell.</summary>
    public DateTimeOffset? CreatedAt { get; init; }
}

internal enum BulkJobOutcome
{
    Running,
    Complete,
    Failed,

    /// <summary>Deleted, or over seven days old.</summary>
    Gone,
}
