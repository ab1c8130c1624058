
namespace MarketoLambda.Sync.Settings;

/// <summary>Reads settings whose values have a meaning of their own.</summary>
public static class SettingReading
{
    /// <summary>One of the setting's words, spelled as it is there; the default where it is absent, or after a reported problem.</summary>
    /// <param name="section">Where it stands.</param>
    /// <param name="setting">Made with <see cref="Setting.Choice"/>, with a default.</param>
    /// <param name="meanings">The words with what they mean, where the words do not say it; completes "must be … ".</param>
    public static string OptionalChoice(this JobSection section, Setting setting, string? meanings = null) =>
        section.OptionalWord(setting, meanings) ?? setting.Keyword("default").GetValue<string>();

    /// <summary>The same of a setting without a default; null where it is absent, or after a reported problem.</summary>
    /// <param name="section">Where it stands.</param>
    /// <param name="setting">Made with <see cref="Setting.Choice"/>.</param>
    /// <param name="meanings">The words with what they mean, where the words do not say it; completes "must be … ".</param>
    public static string? OptionalWord(this JobSection section, Setting setting, string? meanings = null)
    {
        var words = setting.Words;
        if (section.OptionalText(setting.Name) is not { } text)
        {
            return null;
        }

        if (words.FirstOrDefault(word => word.Equals(text, StringComparison.OrdinalIgnoreCase)) is { } known)
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
            setting.Keyword("minimum").GetValue<int>(),
            setting.Keyword("maximum").GetValue<int>(),
            setting.Keyword("default").GetValue<int>());

    /// <summary>Text that is not blank; the default where it is absent, or after a reported problem.</summary>
    /// <param name="section">Where it stands.</param>
    /// <param name="setting">Made with <see cref="Setting.Text"/>, with a default.</param>
    public static string OptionalText(this JobSection section, Setting setting) =>
        section.OptionalText(setting.Name, setting.Keyword("default").GetValue<string>());
}
