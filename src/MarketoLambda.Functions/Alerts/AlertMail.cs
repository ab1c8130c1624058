using MarketoLambda.Sync.Outages;

namespace MarketoLambda.Functions.Alerts;

/// <summary>An alert as an e-mail, in plain text and as HTML that says the same.</summary>
internal sealed record AlertMail(string Subject, string Text, string Html)
{
    /// <summary>Longer subjects are cut by mail programs anyway.</summary>
    private const int MaxSubjectCharacters = 150;

    public static AlertMail Compose(OutageAlert alert, AlertOrigin origin)
    {
        string[] sender =
        [
            $"{origin.Function}{(origin.Region.Length == 0 ? "" : $" in {origin.Region}")}",
            .. origin.Log is { } log ? [log.ToString()] : Array.Empty<string>(),
        ];
        var signed = alert with
        {
            Subject = OneLine(alert.Subject),
            Sections = [.. alert.Sections, new AlertSection("Sent by", sender)],
        };
        return new AlertMail(signed.Subject, signed.Text, signed.Html);
    }

    private static string OneLine(string text)
    {
        var line = string.Join(' ', text.Split(['\r', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
        return line.Length <= MaxSubjectCharacters ? line : $"{line[..(MaxSubjectCharacters - 1)]}…";
    }
}
