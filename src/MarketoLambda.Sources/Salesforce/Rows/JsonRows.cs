using System.Text.Json;
using MarketoLambda.Sources.Json;
using MarketoLambda.Sources.Salesforce.Client;

namespace MarketoLambda.Sources.Salesforce.Rows;

/// <summary>Reads rows from the answer to a query, and believes only an answer that fits it.</summary>
internal static class JsonRows
{
    /// <exception cref="SalesforceException">The answer is not one to that query: rows would be skipped, or come again for
    /// ever.</exception>
    public static QueryPage Read(JsonElement answer, RowQuery query, Selection selection)
    {
        List<SalesforceRow> rows = [.. answer.GetProperty("records").EnumerateArray().Select(record =>
            selection.Row(path => Text(record, path)))];
        var isDone = answer.GetProperty("done").GetBoolean();
        var announced = answer.GetProperty("totalSize").GetInt64();
        if (rows.Count == 0 ? announced > 0 || !isDone : isDone && rows.Count < announced)
        {
            throw SalesforceException.Misfit($"announces {announced} records and holds {rows.Count}");
        }

        PageOrder.Check(rows, query);
        return new QueryPage(rows, announced, isDone && rows.Count < query.Max);
    }

    /// <summary>The second of the only row, if there is one.</summary>
    public static DateTimeOffset? Second(JsonElement answer, Selection selection) =>
        answer.GetProperty("records").EnumerateArray().Select(record =>
            selection.Row(path => Text(record, path)).Second).Cast<DateTimeOffset?>().FirstOrDefault();

    private static string? Text(JsonElement record, string path)
    {
        foreach (var step in path.Split('.'))
        {
            if (record.ValueKind == JsonValueKind.Null)
            {
                return null; // no parent
            }

            record = record.GetProperty(step); // an empty field is there, and null: a missing one is a mistake
        }

        return record.ValueKind switch
        {
            JsonValueKind.Null => null,
            JsonValueKind.String => JsonText.Read(record),
            JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => record.GetRawText(),
            _ => throw SalesforceException.Misfit("holds several values where one was asked for"),
        };
    }
}
