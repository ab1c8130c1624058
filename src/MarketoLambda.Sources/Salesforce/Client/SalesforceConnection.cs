namespace MarketoLambda.Sources.Salesforce.Client;

/// <summary>How to reach an organisation. Shows its secrets to nobody: <see cref="ToString"/> holds no part of them.</summary>
/// <param name="Name">What job files call it.</param>
/// <param name="LoginUrl">The organisation's own address (My Domain).</param>
/// <param name="ClientId">Consumer key of the connected app.</param>
/// <param name="ApiVersion">For example <c>62.0</c>.</param>
internal sealed record SalesforceConnection(string Name, Uri LoginUrl, string ClientId, string ApiVersion)
{
    /// <summary>A version that every organisation speaks (Winter '25).</summary>
    public const string DefaultApiVersion = "62.0";

    /// <summary>Consumer secret; null where a key signs.</summary>
    public string? ClientSecret { get; init; }

    /// <summary>The user a signed assertion speaks for.</summary>
    public string? Username { get; init; }

    /// <summary>RSA key in PEM that signs assertions; null where there is a secret.</summary>
    public string? PrivateKey { get; init; }

    /// <summary>Full name of one of its settings, for messages.</summary>
    public string Setting(string name) => $"Connections__{Name}__{name}";

    public override string ToString() => $"Salesforce at {LoginUrl}";
}
