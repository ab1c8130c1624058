using System.Globalization;
using MarketoLambda.Marketo.Errors;
using MarketoLambda.Marketo.Settings;
using MarketoLambda.Marketo.Usage;
using MarketoLambda.Sync.Wording;

namespace MarketoLambda.Cli.Doctor;

/// <summary>Logs in, and asks how many of the day's calls are used and by whom: the one call that needs no permission.</summary>
/// <remarks>Source: Adobe, swagger-mapi, "Get Daily Usage".</remarks>
internal sealed class UsageCheck(UsageClient usage, MarketoOptions options, Findings findings)
{
    private const int MaxUsers = 5;

    /// <summary>True where Marketo lets the program in.</summary>
    public async Task<bool> IsLetInAsync(CancellationToken cancellationToken)
    {
        try
        {
            var today = await usage.TodayAsync(cancellationToken);
            findings.Good("Login", "Marketo takes client id and secret");
            Add(today);
            return true;
        }
        catch (MarketoQuotaExceededException spent)
        {
            findings.Good("Login", "Marketo takes client id and secret");
            findings.Warn("Quota", spent.Message);
            return true;
        }
        catch (MarketoException failure)
        {
            findings.Failed("Login", failure);
            return false;
        }
    }

    private void Add(ApiUsage today)
    {
        var used = today.Total.ToString("N0", CultureInfo.InvariantCulture);
        var quota = options.DailyQuota.ToString("N0", CultureInfo.InvariantCulture);
        var share = (long)options.DailyQuota * options.DailySharePercent / 100;
        var text = $"{used} of {quota} calls are used today{Users(today)}";
        if (today.Total >= share)
        {
            findings.Warn(
                "Quota",
                $"{text}; imports stop at {Quantity.Format(share, "call")}, so they wait for midnight CST: find out who uses the calls, or "
                    + "ask Adobe for a higher quota and set Marketo__DailyQuota to it");
        }
        else
        {
            findings.Good("Quota", $"{text}; imports stop at {Quantity.Format(share, "call")}");
        }
    }

    private static string Users(ApiUsage today)
    {
        var users = today.Users.OrderByDescending(user => user.Calls).ToList();
        if (users.Count == 0)
        {
            return "";
        }

        var first = users.Take(MaxUsers).Select(user => $"{user.Calls.ToString("N0", CultureInfo.InvariantCulture)} by {user.UserId}");
        return $": {string.Join(", ", first)}{(users.Count > MaxUsers ? $" and {users.Count - MaxUsers} others" : "")}";
    }
}
