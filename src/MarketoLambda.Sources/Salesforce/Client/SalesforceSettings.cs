using System.Security.Cryptography;
using MarketoLambda.Sync.Settings;
using Microsoft.Extensions.Configuration;

namespace MarketoLambda.Sources.Salesforce.Client;

/// <summary>Reads a connection from the host's settings. Whatever is wrong becomes a problem of the job file's line and names the
/// setting.</summary>
internal static class SalesforceSettings
{
    /// <summary>The connection the section names; null after a reported problem.</summary>
    /// <param name="section">The source's section.</param>
    /// <param name="member">Where it names the connection.</param>
    /// <param name="settings">All settings of the host.</param>
    public static SalesforceConnection? Read(JobSection section, string member, IConfiguration settings)
    {
        var name = section.RequiredText(member);
        if (name.Length == 0)
        {
            return null;
        }

        var values = settings.GetSection("Connections").GetSection(name);
        string? Value(string setting) => string.IsNullOrWhiteSpace(values[setting]) ? null : values[setting]!.Trim();
        void AddError(string setting, string problem) => section.AddError(member, $"is \"{name}\", and the setting "
            + $"Connections__{name}__{setting} {problem}");

        var connection = new SalesforceConnection(name, Address(Value("LoginUrl"), AddError), Value("ClientId")
            ?? "", (Value("ApiVersion") ?? SalesforceConnection.DefaultApiVersion).TrimStart('v'))
        {
            ClientSecret = Value("ClientSecret"),
            Username = Value("Username"),
            PrivateKey = Value("PrivateKey")?.Replace("\\n", "\n", StringComparison.Ordinal), // as some stores keep line ends
        };
        return Check(connection, AddError) ? connection : null;
    }

    private static Uri Address(string? text, Action<string, string> refuse)
    {
        Uri? url = null;
        if (text is null)
        {
            refuse("LoginUrl", "is missing; it is the address of your organisation, for example https://mydomain.my.salesforce.com");
        }
        else if (!Uri.TryCreate(text, UriKind.Absolute, out url) || !IsSafe(url) || url.AbsolutePath != "/" || url.Query.Length > 0)
        {
            refuse("LoginUrl", "must be an address like https://mydomain.my.salesforce.com, without a path");
        }

        return url ?? new Uri("https://nowhere.invalid");
    }

    private static bool Check(SalesforceConnection connection, Action<string, string> refuse)
    {
        var problems = 0;
        void AddError(string setting, string problem)
        {
            refuse(setting, problem);
            problems++;
        }

        if (connection.ClientId.Length == 0)
        {
            AddError("ClientId", "is missing; it is the consumer key of the connected app");
        }

        if (connection.ApiVersion is not [var first, _, '.', '0'] || !char.IsAsciiDigit(first))
        {
            AddError("ApiVersion", $"must be a version like {SalesforceConnection.DefaultApiVersion}");
        }

        switch (connection)
        {
            case { ClientSecret: not null, PrivateKey: not null }:
                AddError("ClientSecret", "stands beside PrivateKey; keep the one the connected app is set up for");
                break;
            case { ClientSecret: null, PrivateKey: null }:
                AddError("ClientSecret", "is missing; give it, or Username and PrivateKey where the connected app trusts a certificate");
                break;
            case { PrivateKey: not null, Username: null }:
                AddError("Username", "is missing; the private key signs for a user");
                break;
            case { PrivateKey: { } key } when !IsRsaKey(key):
                AddError("PrivateKey", "is not an RSA key in PEM (-----BEGIN PRIVATE KEY----- …) without a password");
                break;
        }

        return problems == 0 && connection.LoginUrl.Host != "nowhere.invalid";
    }

    /// <summary>Secrets travel encrypted, or not at all; a server on this machine excepted.</summary>
    public static bool IsSafe(Uri url) => url.Scheme == Uri.UriSchemeHttps || (url.Scheme == Uri.UriSchemeHttp && url.IsLoopback);

    private static bool IsRsaKey(string pem)
    {
        try
        {
            using var key = RSA.Create();
            key.ImportFromPem(pem);
            return key.ExportParameters(includePrivateParameters: true).D is not null;
        }
        catch (Exception mistake) when (mistake is ArgumentException or CryptographicException)
        {
            return false;
        }
    }
}
