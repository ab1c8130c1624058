using MarketoLambda.Marketo.Calls;
using MarketoLambda.Marketo.Pipeline;

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
        var today = response.Elements.FirstOrDefault();
        return new ApiUsage(today?.Total ?? 0)
        {
            Users = [.. (today?.Users ?? []).OfType<ReportedUser>().Select(user => new UserCalls(user.UserId ?? "", user.Count ?? 0))],
        };
    }
}

/// <summary>Calls of one day.</summary>
/// <param name="Total">Calls of all users.</param>
public sealed record ApiUsage(int Total)
{
    /// <summary>The calls of each API user, in no particular order.</summary>
    public IReadOnlyList<UserCalls> Users { get; init; } = [];
}

/// <summary>Calls of one API user in a day.</summary>
/// <param name="UserId">E-mail address of the user: it may be a person's.</param>
/// <param name="Calls">How many.</param>
public sealed record UserCalls(string UserId, int Calls);
