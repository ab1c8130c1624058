using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;

namespace MarketoLambda.Hosting.Webhooks;

/// <summary>Knows the secrets callers may present. Two are valid while they are being exchanged.</summary>
public sealed class WebhookSecrets(IOptions<WebhookOptions> options)
{
    /// <summary>Name of the request header; compared in any casing, as HTTP asks.</summary>
    public const string Header = "X-MarketoLambda-Secret";

    private readonly byte[][] _fingerprints =
        [.. new[] { options.Value.Secret, options.Value.PreviousSecret }.Where(secret => secret.Length > 0).Select(Fingerprint)];

    /// <summary>Takes the same time for every wrong secret, whatever its length and wherever it differs.</summary>
    public bool Accepts(string? secret)
    {
        var fingerprint = Fingerprint(secret ?? "");
        var isAccepted = false;
        foreach (var known in _fingerprints)
        {
            isAccepted |= CryptographicOperations.FixedTimeEquals(fingerprint, known);
        }

        return isAccepted;
    }

    private static byte[] Fingerprint(string secret) => SHA256.HashData(Encoding.UTF8.GetBytes(secret));
}
