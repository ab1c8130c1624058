using Refit;

namespace MarketoLambda.Marketo.Identity;

/// <summary>The one endpoint whose URL holds the client secret: nothing of its requests or exceptions may leave this folder.</summary>
internal interface IIdentityApi
{
    [Get("/identity/oauth/token?grant_type=client_credentials")]
    Task<ApiResponse<IdentityResponse>> GetTokenAsync(
        [AliasAs("client_id")] string clientId,
        [AliasAs("client_secret")] string clientSecret,
        CancellationToken cancellationToken);
}

/// <summary>Answer of the identity endpoint, which has no envelope.</summary>
internal sealed record IdentityResponse
{
    [System.Text.Json.Serialization.JsonPropertyName("access_token")]
    public string? AccessToken { get; init; }

    /// <summary>Seconds left of 3600; asking again does not prolong it.</summary>
    [System.Text.Json.Serialization.JsonPropertyName("expires_in")]
    public double? ExpiresIn { get; init; }

    public override string ToString() => nameof(IdentityResponse);
}
