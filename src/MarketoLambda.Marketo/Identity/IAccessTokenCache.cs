namespace MarketoLambda.Marketo.Identity;

/// <summary>
/// Where the token is kept between calls. A host may bring one that outlives the container, such as a warm instance's static fields.
/// </summary>
/// <remarks>Must be thread-safe. What it forgets is asked for again.</remarks>
public interface IAccessTokenCache
{
    /// <summary>The token of that subscription and client, or null.</summary>
    /// <param name="key">Base URL and client id.</param>
    AccessToken? Find(string key);

    /// <summary>Keeps the token; null drops it.</summary>
    void Keep(string key, AccessToken? token);
}

/// <summary>Keeps tokens as long as the container lives.</summary>
internal sealed class InMemoryAccessTokenCache : IAccessTokenCache
{
    private readonly System.Collections.Concurrent.ConcurrentDictionary<string, AccessToken?> _tokens = new();

    public AccessToken? Find(string key) => _tokens.GetValueOrDefault(key);

    public void Keep(string key, AccessToken? token) => _tokens[key] = token;
}
