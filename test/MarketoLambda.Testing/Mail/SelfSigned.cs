using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace MarketoLambda.Testing.Mail;

/// <summary>A certificate for <c>localhost</c> that nobody trusts unless told to.</summary>
public static class SelfSigned
{
    public static X509Certificate2 ForLocalhost(DateTimeOffset now)
    {
        using var key = RSA.Create(2048);
        CertificateRequest request = new("CN=localhost", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        SubjectAlternativeNameBuilder names = new();
        names.AddDnsName("localhost");
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(
            new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: false, 0, critical: true));
        return request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
    }
}
