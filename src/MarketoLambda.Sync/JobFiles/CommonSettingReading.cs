using System.Globalization;
using MarketoLambda.Sync.Settings;
using MarketoLambda.Sync.Values;

namespace MarketoLambda.Sync.JobFiles;

/// <summary>Reads settings that several parts of the job file have.</summary>
public static class CommonSettingReading
{
    /// <summary>One format of times or several; null where the setting is absent, or after a reported problem.</summary>
    public static TimeFormats? OptionalTimeFormats(this JobSection section, string name) =>
        section.OptionalTexts(name) is { Count: > 0 } formats ? new TimeFormats(formats) : null;

    /// <summary>Values that stand for nothing, of a source or a field.</summary>
    public static IReadOnlyList<string> OptionalNullValues(this JobSection section) =>
        section.OptionalTexts(JobSettings.NullValues.Name) ?? [];

    /// <summary>Whether texts written for Excel are taken for what they mean; null where the setting is absent.</summary>
    public static bool? OptionalUnwrapsExcelText(this JobSection section) =>
        section.OptionalWord(JobSettings.ExcelText) is { } word ? word == "unwrap" : null;

    /// <summary>A time zone by its IANA name; UTC after a reported problem.</summary>
    /// <param name="section">Where it stands.</param>
    /// <param name="setting">Made with <see cref="Setting.Text"/>, with a default.</param>
    public static TimeZoneInfo OptionalTimeZone(this JobSection section, Setting setting)
    {
        var name = section.OptionalText(setting);
        if (TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone))
        {
            return zone;
        }

        section.AddError(setting.Name, $"is not a known time zone; use an IANA name such as {ZoneOfCity(name) ?? "Europe/Berlin"}");
        return TimeZoneInfo.Utc;
    }

    /// <summary>The zone that is named after a city: <c>America/New_York</c> for <c>new york</c>; null where there is none.</summary>
    private static string? ZoneOfCity(string city) =>
        TimeZoneInfo
            .GetSystemTimeZones()
            .Select(zone => zone.Id)
            .Where(id => id.EndsWith($"/{city.Trim().Replace(' ', '_')}", StringComparison.OrdinalIgnoreCase))
            .Order(StringComparer.Ordinal)
            .FirstOrDefault();

    /// <summary>A culture; null where the setting is absent, or after a reported problem.</summary>
    public static CultureInfo? OptionalCulture(this JobSection section, string name)
    {
        var culture = section.OptionalText(name);
        try
        {
            return culture is null ? null
                : culture == "invariant" ? CultureInfo.InvariantCulture
                : CultureInfo.GetCultureInfo(culture, predefinedOnly: true);
        }
        catch (CultureNotFoundException)
        {
            section.AddError(
                name,
                NoCulture(AppContext.TryGetSwitch("System.Globalization.Invariant", out var isInvariant) && isInvariant));
            return null;
        }
    }

    /// <summary>What is wrong with a culture that is not found.</summary>
    /// <param name="isInvariant">The program is built without cultures, as the native one is.</param>
    internal static string NoCulture(bool isInvariant) =>
        isInvariant
            ? "names a culture, and the native build has none but invariant; deploy with LambdaRuntime=dotnet10, or have invariant numbers "
                + "and ISO dates"
            : "is not the name of a culture; examples are en-US, de-DE and invariant";
}
