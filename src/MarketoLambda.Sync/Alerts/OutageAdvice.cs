namespace MarketoLambda.Sync.Alerts;

/// <summary>What a person can do about an outage, and whether anybody has to.</summary>
internal static class OutageAdvice
{
    public static IReadOnlyList<string> For(OutageCause cause, string job)
    {
        var atOnce = $"\"marketo-lambda run {job}\" does it at once.";
        return cause switch
        {
            OutageCause.Unreachable =>
            [
                "Look at Marketo's status page (https://status.adobe.com) and at the network between this program and Marketo.",
                $"When Marketo answers again the next scheduled run catches up by itself; {atOnce}",
            ],
            OutageCause.Refused =>
            [
                "Marketo answers, but refuses this program. That does not pass by itself: imports stand still until someone with access to Marketo Admin corrects it.",
                "Check in Admin > LaunchPoint that the custom service still exists, and that its id and secret are those in Marketo__ClientId and Marketo__ClientSecret.",
                "Check in Admin > Users & Roles that its API user exists, and that the user's role has the permission \"Read-Write Custom Object\".",
                "Check in Admin > Web Services that no IP allowlist leaves this program out.",
                $"Once that is corrected the next scheduled run catches up; {atOnce}",
            ],
            OutageCause.SetUp =>
            [
                "Something that this program keeps in Marketo is missing or was changed. That does not pass by itself: imports stand still until it is there again.",
                "Do what the sentence above says. \"marketo-lambda init\" creates what is missing and changes nothing that is there.",
                $"Then the next scheduled run goes on; {atOnce}",
            ],
            OutageCause.Quota =>
            [
                "Nothing, if it happens once: the count of calls starts anew every day, and the first run after that catches up by itself.",
                "If it happens often, see in Admin > Web Services who uses the calls, give this program a greater share with Marketo__DailySharePercent, or ask Adobe for a greater quota.",
            ],
            _ =>
            [
                "Do what the sentence above says; where it says nothing, look into the program's log, and at Marketo's status page (https://status.adobe.com).",
                $"Every scheduled run tries again, and catches up once it can; {atOnce}",
            ],
        };
    }
}
