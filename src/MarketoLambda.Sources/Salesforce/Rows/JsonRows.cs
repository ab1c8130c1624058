using System.Text.Json;

namespace MarketoLambda.Sources.Salesforce.Rows;

/// <summary>Reads rows from the answer to a query.</summary>
internal static class JsonRows
{
    public static IEnumerable<SalesforceRow> Read(JsonElement answer, Selection selection) =>
        answer.GetProperty("records").EnumerateArray().Select(record => selection.Row(path => Text(record, path)));

    /// <summary>Where the next page is; null behind the last.</summary>
    public static string? NextPage(JsonElement answer) =>
        answer.GetProperty("done").GetBoolean() ? null : answer.GetProperty("nextRecordsUrl").GetString();

    private static string? Text(JsonElement record, string path)
    {
        foreach (var step in path.Split('.'))
        {
            if (record.ValueKind != JsonValueKind.Object || !record.TryGetProperty(step, out record))
            {
                return null; // no parent
            }
        }

        return record.ValueKind switch
        {
            JsonValueKind.Null => null,
            JsonValueKind.String => record.GetString(),
            _ => record.GetRawText(),
        };
    }
}
