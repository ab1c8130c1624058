using System.Globalization;
using MarketoLambda.Sync.Mapping;

namespace MarketoLambda.Sync.Jobs;

/// <summary>Reads settings whose values have a meaning of their own.</summary>
public static class SettingReading
{
    /// <summary>One of the setting's words, spelled as it is there; the default where it is absent, or after a reported problem.</summary>
    /// <param name="section">Where it stands.</param>
    /// <param name="setting">Made with <see cref="Setting.Choice"/>, with a default.</param>
    /// <param name="meanings">The words with what they mean, where the words do not say it; completes "must be … ".</param>
    public static string OptionalChoice(this JobSection section, Setting setting, string? meanings = null) =>
        section.OptionalWord(setting, meanings) ?? setting.Value["default"]!.GetValue<string>();

    /// <summary>The same of a setting without a default; null where it is absent, or after a reported problem.</summary>
    /// <param name="section">Where it stands.</param>
    /// <param name="setting">Made with <see cref="Setting.Choice"/>.</param>
    /// <param name="meanings">The words with what they mean, where the words do not say it; completes "must be … ".</param>
    public static string? OptionalWord(this JobSection section, Setting setting, string? meanings = null)
    {
        var words = setting.Value["enum"]!.AsArray().Select(word => word!.GetValue<string>()).ToList();
        if (section.OptionalText(setting.Name) is not { } text)
        {
            return null;
        }

        if (words.Find(word => word.Equals(text, StringComparison.OrdinalIgnoreCase)) is { } known)
        {
            return known;
        }

        section.AddError(
            setting.Name,
            $"must be {meanings ?? $"{string.Join(", ", words.SkipLast(1).Select(word => $"\"{word}\""))} or \"{words[^1]}\""}");
        return null;
    }

    /// <summary>A whole number in the setting's range; the default where it is absent, or after a reported problem.</summary>
    /// <param name="section">Where it stands.</param>
    /// <param name="setting">Made with <see cref="Setting.WholeNumber"/>.</param>
    public static int OptionalInteger(this JobSection section, Setting setting) =>
        section.OptionalInteger(
            setting.Name,
            setting.Value["minimum"]!.GetValue<int>(),
            setting.Value["maximum"]!.GetValue<int>(),
            setting.Value["default"]!.GetValue<int>());

    /// <summary>Text that is not blank; the default where it is absent, or after a reported problem.</summary>
    /// <param name="section">Where it stands.</param>
    /// <param name="setting">Made with <see cref="Setting.Text"/>, with a default.</param>
    public static string OptionalText(this JobSection section, Setting setting) =>
        section.OptionalText(setting.Name, setting.Value["default"]!.GetValue<string>());

    /// <summary>One format of times or several; null where the setting is absent, or after a reported problem.</summary>
    public static TimeFormats? OptionalTimeFormats(this JobSection section, string name) =>
        section.OptionalTexts(name) is { Count: > 0 } formats ? new TimeFormats(formats) : null;

    /// <summary>Values that stand for nothing, of a source or a field.</summary>
    public static IReadOnlyList<string> OptionalNullValues(this JobSection section) =>
        section.OptionalTexts(JobSettings.NullValues.Name) ?? [];

    /// <summary>Whether texts written for Excel are taken for what they mean; null where the setting is absent.</summary>
    public static bool? OptionalUnwrapsExcelText(this JobSection section) =>
        section.OptionalWord(JobSettings.ExcelText) is { } word ? word == "unwrap" : null;

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
