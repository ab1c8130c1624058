using System.Globalization;
using MarketoLambda.Sync.Sources;

namespace MarketoLambda.Sync.Rejects;

/// <summary>
/// A place in a source as two fields of a reject: Marketo's integers have 32 bits, so a greater row, such as an id of a table, stands
/// behind the name.
/// </summary>
internal static class KeptLocation
{
    private const string Mark = " row ";

    public static string ContainerOf(SourceLocation location) => IsGreat(location.Row) ? location.ToString() : location.Container;

    /// <summary>Null where it stands behind the name.</summary>
    public static long? RowOf(SourceLocation location) => IsGreat(location.Row) ? null : location.Row;

    public static SourceLocation Read(string? container, long? row)
    {
        var name = container ?? "";
        var at = name.LastIndexOf(Mark, StringComparison.Ordinal);
        return
            row is null
            && at > 0
            && long.TryParse(name.AsSpan(at + Mark.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var great)
            && IsGreat(great)
            ? new SourceLocation(name[..at], great)
            : new SourceLocation(name, row ?? 0);
    }

    private static bool IsGreat(long row) => row > int.MaxValue;
}
