using System.Globalization;

namespace MarketoLambda.Sync;

/// <summary>A number and what is counted, in words: <c>1 record</c>, <c>12,300 records</c>.</summary>
public static class Quantity
{
    /// <param name="count">How many.</param>
    /// <param name="one">What one is called; several get an s.</param>
    public static string Of(long count, string one) => string.Create(CultureInfo.InvariantCulture, $"{count:N0} {one}{(count == 1 ? "" : "s")}");
}
