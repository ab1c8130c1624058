namespace MarketoLambda.Sources.Passes;

/// <summary>The clock on the wall of a time zone: what a column without zone was stamped with.</summary>
/// <remarks>
/// It shows one hour twice in autumn. Rows are read in the order of what it showed, so a pass's lower bound there is the first time that
/// may have been written since, and its upper bound the last one that may have been written before: rows may be read twice, none is
/// skipped.
/// </remarks>
internal sealed class WallClock(TimeZoneInfo zone)
{
    /// <summary>No row stamped at that instant or later has a lower time.</summary>
    public DateTime LowestSince(DateTimeOffset instant)
    {
        var (time, repeats, isFirst) = Read(instant);
        return isFirst ? Move(time, -repeats) : time;
    }

    /// <summary>Every row stamped before that instant has a lower time.</summary>
    public DateTime EndOf(DateTimeOffset instant)
    {
        var (time, repeats, isFirst) = Read(instant);
        return isFirst ? time : Move(time, repeats);
    }

    /// <summary>The first instant at which the clock showed that time; a time that spring leaves out never comes too late.</summary>
    public DateTimeOffset FirstInstantOf(DateTime time)
    {
        var offset = zone.IsAmbiguousTime(time) ? zone.GetAmbiguousTimeOffsets(time).Max()
            : zone.IsInvalidTime(time) ? zone.GetUtcOffset(time.AddDays(1))
            : zone.GetUtcOffset(time);
        return new DateTimeOffset(Move(time, -offset), TimeSpan.Zero);
    }

    private (DateTime Time, TimeSpan Repeats, bool IsFirst) Read(DateTimeOffset instant)
    {
        var local = TimeZoneInfo.ConvertTime(instant, zone);
        if (!zone.IsAmbiguousTime(local.DateTime))
        {
            return (local.DateTime, TimeSpan.Zero, false);
        }

        var offsets = zone.GetAmbiguousTimeOffsets(local.DateTime);
        return (local.DateTime, offsets.Max() - offsets.Min(), local.Offset == offsets.Max());
    }

    private static DateTime Move(DateTime time, TimeSpan by) =>
        new(Math.Clamp(time.Ticks + by.Ticks, DateTime.MinValue.Ticks, DateTime.MaxValue.Ticks));
}
