using System.Text.RegularExpressions;
using Microsoft.Extensions.Configuration;

namespace MarketoLambda.Cli.Doctor;

/// <summary>
/// Takes out of a text what must not reach whoever it is sent to: values of settings that are secret, e-mail addresses, and the folder that
/// bears the user's name.
/// </summary>
internal sealed partial class SafeText
{
    /// <summary>A shorter value may stand in a text by chance.</summary>
    private const int MinLength = 4;

    private const string Hidden = "…";

    /// <summary>Settings that may be told; all others of these sections are hidden, should a message quote them.</summary>
    private static readonly string[] Harmless =
        ["SmtpHost", "SmtpPort", "SmtpSecurity", "BaseUrl", "LoginUrl", "ApiVersion"];

    /// <summary>Sections that hold secrets.</summary>
    private static readonly string[] Sections = ["Marketo", "Alerts", "Connections"];

    /// <summary>Parts of a connection string that are hidden by themselves.</summary>
    private static readonly string[] SecretParts = ["Password", "Pwd", "Username", "User Name", "User", "User ID", "UID"];

    private readonly List<string> _hidden;
    private readonly string _home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);

    public SafeText(IConfiguration settings) =>
        _hidden =
        [
            .. Sections
                .SelectMany(section => settings.GetSection(section).AsEnumerable(makePathsRelative: true))
                .Where(setting => !IsHarmless(setting.Key))
                .SelectMany(setting => (string[])[setting.Value ?? "", .. PartsOf(setting.Value ?? "")])
                .Select(value => value.Trim())
                .Where(value => value.Length >= MinLength && !value.All(char.IsAsciiDigit))
                .Distinct(StringComparer.Ordinal)
                .OrderByDescending(value => value.Length),
        ];

    public string From(string text)
    {
        foreach (var value in _hidden)
        {
            text = text.Replace(value, Hidden, StringComparison.Ordinal);
        }

        text = _home.Length > 1 ? text.Replace(_home, "~", StringComparison.Ordinal) : text;
        return MailAddress().Replace(text, "$1…$2");
    }

    private static IEnumerable<string> PartsOf(string connectionString) =>
        connectionString
            .Split(';')
            .Select(part => part.Split('=', 2))
            .Where(part => part.Length == 2 && SecretParts.Contains(part[0].Trim(), StringComparer.OrdinalIgnoreCase))
            .Select(part => part[1]);

    private static bool IsHarmless(string key) => Harmless.Contains(key.Split(':')[^1], StringComparer.OrdinalIgnoreCase);

    // What is left says to its owner which one it is: its first letter and its domain.
    [GeneratedRegex(@"\b([\w])[\w.+%'-]*(@[\w-]+(?:\.[\w-]+)+)", RegexOptions.CultureInvariant)]
    private static partial Regex MailAddress();
}
