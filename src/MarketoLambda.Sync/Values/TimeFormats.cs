using MarketoLambda.Sync.Sources;

namespace MarketoLambda.Sync.Values;

/// <summary>
/// How dates and times are written: in .NET's letters, <c>excel</c>, <c>unix</c> or <c>unixMilliseconds</c>, tried in their order.
/// </summary>
public sealed class TimeFormats(IReadOnlyList<string> all) : IEquatable<TimeFormats>
{
    /// <summary>A moment in which nothing can be taken for something else: its day is no month, its hour none of a 12-hour clock.</summary>
    private static readonly DateTime Sample = new(2007, 11, 23, 18, 5, 9, DateTimeKind.Utc);

    /// <summary>At least one.</summary>
    public IReadOnlyList<string> All { get; } = all;

    public static implicit operator TimeFormats?(string? format) => FromString(format);

    /// <summary>The one format; null for none.</summary>
    public static TimeFormats? FromString(string? format) => format is null ? null : new([format]);

    /// <summary>The first that cannot read a date at all, so that it would reject every row; null where all can.</summary>
    /// <remarks>Day, month and year must be read back: .NET takes the year of the run's day where a format has none.</remarks>
    public string? FirstWithoutDate(SourceConventions conventions) =>
        All.FirstOrDefault(format => !NumericTime.IsFormat(format) && !ReadsDate(format, conventions, out _));

    /// <summary>The first that cannot read a time, or a date where it has no time of day.</summary>
    public string? FirstWithoutTime(SourceConventions conventions) => All.FirstOrDefault(format =>
        !NumericTime.IsFormat(format)
        && !(ReadsDate(format, conventions, out var read) && IsSampleOrRoundedDown(read.Clock - (read.Offset ?? TimeSpan.Zero))));

    public bool Equals(TimeFormats? other) => other is not null && All.SequenceEqual(other.All, StringComparer.Ordinal);

    public override bool Equals(object? obj) => Equals(obj as TimeFormats);

    public override int GetHashCode() => StringComparer.Ordinal.GetHashCode(All[0]);

    public override string ToString() => string.Join(" or ", All);

    private static bool ReadsDate(string format, SourceConventions conventions, out WrittenTime read)
    {
        read = default;
        return Written(format, conventions) is { } text
            && SourceInstant.TryRead(text, format, conventions, out read)
            && DateOnly.FromDateTime(read.Clock) == DateOnly.FromDateTime(Sample);
    }

    private static bool IsSampleOrRoundedDown(DateTime time) =>
        time == Sample || time == Sample.AddSeconds(-Sample.Second) || time == Sample.Date.AddHours(Sample.Hour) || time == Sample.Date;

    private static string? Written(string format, SourceConventions conventions)
    {
        try
        {
            return new DateTimeOffset(Sample).ToString(format, conventions.Culture);
        }
        catch (FormatException)
        {
            return null;
        }
    }
}
