using MimeKit;

namespace MarketoLambda.Cli.Alerts;

/// <summary>Reads addresses as people write them.</summary>
internal static class MailAddresses
{
    /// <summary>The addresses, separated by commas; null when one of them is none.</summary>
    public static IReadOnlyList<MailboxAddress>? Read(string text)
    {
        if (!InternetAddressList.TryParse(text, out var list))
        {
            return null;
        }

        var addresses = list.Mailboxes.ToList();
        return addresses.Count > 0 && addresses.All(IsComplete) ? addresses : null;
    }

    private static bool IsComplete(MailboxAddress address) => address.Address.Split('@') is [{ Length: > 0 }, { Length: > 0 }];
}
