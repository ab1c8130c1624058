using System.Text;
using System.Text.Json;

namespace MarketoLambda.Sources.Salesforce.Client;

/// <summary>Bulk API 2.0 query jobs: Salesforce runs a query on its own and keeps the result for seven days.</summary>
/// <remarks>Source: Bulk API 2.0 and Bulk API Developer Guide, "Query Jobs".</remarks>
internal sealed class BulkJobs(SalesforceClient client)
{
    /// <summary>Rows of one part of a result: bounds the size of an answer.</summary>
    private const int RowsPerPart = 25_000;

    /// <summary>Starts a query; returns the job's id.</summary>
    public async Task<string> CreateAsync(string soql, bool withDeleted, CancellationToken cancellationToken)
    {
        using MemoryStream body = new();
        using (Utf8JsonWriter json = new(body))
        {
            json.WriteStartObject();
            json.WriteString("operation", withDeleted ? "queryAll" : "query");
            json.WriteString("query", soql);
            json.WriteEndObject();
        }

        using var answer = await client.PostAsync("jobs/query", Encoding.UTF8.GetString(body.ToArray()), cancellationToken);
        return answer.RootElement.GetProperty("id").GetString() ?? "";
    }

    public async Task<BulkJobState> FindAsync(string id, CancellationToken cancellationToken)
    {
        try
        {
            using var answer = await client.GetAsync(Path(id), cancellationToken);
            var json = answer.RootElement;
            return json.GetProperty("state").GetString() switch
            {
                "JobComplete" => new BulkJobState(BulkJobOutcome.Complete, json.TryGetProperty("numberRecordsProcessed", out var rows) ? rows.GetInt64() : null, null),
                "Failed" or "Aborted" => new BulkJobState(BulkJobOutcome.Failed, null, json.TryGetProperty("errorMessage", out var message) ? message.GetString() : null),
                _ => new BulkJobState(BulkJobOutcome.Running, null, null),
            };
        }
        catch (SalesforceException gone) when (gone.Code == SalesforceException.NotFound)
        {
            return new BulkJobState(BulkJobOutcome.Gone, null, null);
        }
    }

    /// <summary>A part of the result; the first where there is no locator.</summary>
    public Task<BulkPart> GetPartAsync(string id, string? locator, CancellationToken cancellationToken) =>
        client.GetPartAsync($"{Path(id)}/results?maxRecords={RowsPerPart}{(locator is null ? "" : $"&locator={Uri.EscapeDataString(locator)}")}", cancellationToken);

    private static string Path(string id) => $"jobs/query/{Uri.EscapeDataString(id)}";
}

/// <summary>How a bulk job stands.</summary>
/// <param name="Outcome">What became of it.</param>
/// <param name="Rows">Rows of a complete one.</param>
/// <param name="Message">Why it failed, in Salesforce's words.</param>
internal sealed record BulkJobState(BulkJobOutcome Outcome, long? Rows, string? Message);

internal enum BulkJobOutcome
{
    Running,
    Complete,
    Failed,

    /// <summary>Deleted, or over seven days old.</summary>
    Gone,
}
