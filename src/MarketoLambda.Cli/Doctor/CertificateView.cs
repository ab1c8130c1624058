using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace MarketoLambda.Cli.Doctor;

/// <summary>The certificate that a server has shown.</summary>
internal sealed class CertificateView
{
    /// <summary>Null as long as none was shown.</summary>
    public DateTimeOffset? ValidUntil { get; private set; }

    /// <summary>Who vouches for it, by name.</summary>
    public string Issuer { get; private set; } = "unknown";

    /// <summary>What is wrong with it.</summary>
    public SslPolicyErrors Errors { get; private set; }

    /// <summary>Remembers it and trusts it as .NET does.</summary>
    public bool See(object sender, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        Errors = errors;
        if (certificate is X509Certificate2 shown)
        {
            ValidUntil = shown.NotAfter.ToUniversalTime();
            Issuer = shown.GetNameInfo(X509NameType.SimpleName, forIssuer: true);
        }

        return errors == SslPolicyErrors.None;
    }
}
