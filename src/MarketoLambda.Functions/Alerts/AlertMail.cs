using System.Net;
using System.Text;
using MarketoLambda.Sync.Outages;

namespace MarketoLambda.Functions.Alerts;

/// <summary>An alert as an e-mail, in plain text and as HTML that says the same.</summary>
internal sealed record AlertMail(string Subject, string Text, string Html)
{
    /// <summary>Longer subjects are cut by mail programs anyway.</summary>
    private const int MaxSubjectCharacters = 150;

    public static AlertMail Compose(OutageAlert alert, AlertOrigin origin)
    {
        var subject = OneLine(alert.Subject);
        var footer = $"Sent by {origin.Function}{(origin.Region.Length == 0 ? "" : $" in {origin.Region}")}.";
        var text = new StringBuilder(alert.Text).Append("\n\n").Append(footer).Append('\n');
        var html = new StringBuilder("<!DOCTYPE html><html><body style=\"font-family:sans-serif;max-width:48em\"><h2>")
            .Append(WebUtility.HtmlEncode(subject)).Append("</h2><div style=\"white-space:pre-wrap\">")
            .Append(WebUtility.HtmlEncode(alert.Text)).Append("</div><p style=\"color:#555\">")
            .Append(WebUtility.HtmlEncode(footer));
        if (origin.Log is { } log)
        {
            text.Append("Its log: ").Append(log).Append('\n');
            html.Append(" <a href=\"").Append(WebUtility.HtmlEncode(log.ToString())).Append("\">Its log</a>");
        }

        return new AlertMail(subject, text.ToString(), html.Append("</p></body></html>").ToString());
    }

    private static string OneLine(string text)
    {
        var line = string.Join(' ', text.Split(['\r', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
        return line.Length <= MaxSubjectCharacters ? line : $"{line[..(MaxSubjectCharacters - 1)]}…";
    }
}
