using System.Globalization;
using System.Net.Http.Headers;

namespace MarketoLambda.Sources.Salesforce.Client;

/// <summary>A part of the result of a bulk job.</summary>
/// <param name="Csv">Its rows, with a header or without.</param>
/// <param name="NextLocator">Leads to the next part; null behind the last.</param>
/// <param name="Count">Rows in it, as Salesforce counts.</param>
internal sealed record BulkPart(ReadOnlyMemory<byte> Csv, string? NextLocator, int? Count)
{
    /// <summary>Salesforce writes the word <c>null</c> where nothing follows. Source: Bulk API 2.0, "Get Results for a Query
    /// Job".</summary>
    public static BulkPart Read(HttpResponseHeaders headers, ReadOnlyMemory<byte> body) => new(
        body,
        Header(headers, "Sforce-Locator") is { Length: > 0 } locator && locator != "null" ? locator : null,
        int.TryParse(Header(headers, "Sforce-NumberOfRecords"), NumberStyles.None, CultureInfo.InvariantCulture, out var count) ? count
            : null);

    private static string? Header(HttpResponseHeaders headers, string name) =>
        headers.TryGetValues(name, out var values) ? values.FirstOrDefault() : null;
}
