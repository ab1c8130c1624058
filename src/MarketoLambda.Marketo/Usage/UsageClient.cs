using MarketoLambda.Marketo.Calls;

namespace MarketoLambda.Marketo.Usage;

/// <summary>Reads how many calls a subscription has made.</summary>
public sealed class UsageClient
{
    private readonly IUsageApi _api;
    private readonly CallPipeline _calls;

    internal UsageClient(IUsageApi api, CallPipeline calls)
    {
        _api = api;
        _calls = calls;
    }

    /// <summary>Calls of the current day, of all integrations together.</summary>
    public async Task<ApiUsage> TodayAsync(CancellationToken cancellationToken)
    {
        var response = await _calls.SendAsync<ReportedUsage>(
            CallKind.ReadUsage, _api.TodayAsync, answer => answer.IsWhole, cancellationToken);
        var today = response.Elements.FirstOrDefault() ?? new ReportedUsage();
        return new ApiUsage(
            today.Date,
            today.Total ?? 0,
            [.. (today.Users ?? []).OfType<ReportedUser>().Select(user => new UserUsage(user.UserId ?? "", user.Count ?? 0))]);
    }
}

/// <summary>Calls of one day.</summary>
/// <param name="Date">Marketo's own date of it, as it wrote it; null while there were no calls.</param>
/// <param name="Total">Calls of all users.</param>
/// <param name="Users">Calls by user.</param>
public sealed record ApiUsage(string? Date, int Total, IReadOnlyList<UserUsage> Users);

/// <summary>Calls of one API user.</summary>
/// <param name="UserId">E-mail address of the API-only user.</param>
/// <param name="Count">Calls on that day.</param>
public sealed record UserUsage(string UserId, int Count);
