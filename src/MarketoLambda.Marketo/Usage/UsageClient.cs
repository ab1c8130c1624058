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
        return new ApiUsage(response.Elements.FirstOrDefault()?.Total ?? 0);
    }
}

/// <summary>Calls of one day.</summary>
/// <param name="Total">Calls of all users.</param>
public sealed record ApiUsage(int Total);
