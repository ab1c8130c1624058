using MarketoLambda.Marketo.Wire;
using Refit;

namespace MarketoLambda.Marketo.Usage;

/// <summary>Marketo's usage statistics. Source: Adobe, swagger-mapi, "Usage".</summary>
internal interface IUsageApi
{
    [Get("/rest/v1/stats/usage.json")]
    Task<ApiResponse<MarketoResponse<ReportedUsage>>> TodayAsync([Authorize] string accessToken, CancellationToken cancellationToken);
}

/// <summary>One day as Marketo answers it.</summary>
internal sealed record ReportedUsage
{
    public int? Total { get; init; }

    public IReadOnlyList<ReportedUser?>? Users { get; init; }
}

/// <summary>The calls of one API user, as Marketo answers them.</summary>
internal sealed record ReportedUser
{
    public string? UserId { get; init; }

    public int? Count { get; init; }
}
