namespace MarketoLambda.Marketo.Settings;

/// <summary>Reads the address of a subscription in the forms people copy it.</summary>
internal static class MarketoBaseUrl
{
    /// <summary>What people see in their browser: <c>https://app-ab12.marketo.com</c>, or Adobe's.</summary>
    public static bool IsOfUserInterface(string text) =>
        Uri.TryCreate(text.Trim(), UriKind.Absolute, out var url)
        && (url.Host.EndsWith(".marketo.com", StringComparison.OrdinalIgnoreCase)
            || url.Host.EndsWith(".adobe.com", StringComparison.OrdinalIgnoreCase));

    /// <summary>The bare origin, <c>https://host[:port]/</c>; null when the text is not the address of a Marketo subscription.</summary>
    public static Uri? Parse(string text) =>
        Uri.TryCreate(text.Trim(), UriKind.Absolute, out var url)
        && (url.Scheme == Uri.UriSchemeHttps || (url.Scheme == Uri.UriSchemeHttp && url.IsLoopback))
        && url.Query.Length == 0 && url.Fragment.Length == 0 && url.UserInfo.Length == 0
        && url.AbsolutePath.TrimEnd('/').ToUpperInvariant() is "" or "/REST" or "/IDENTITY"
            ? new Uri(url.GetLeftPart(UriPartial.Authority))
            : null;
}
