namespace MarketoLambda.Marketo.Identity;

/// <summary>Marketo's proof of who calls. Shows itself to nobody: <see cref="ToString"/> holds no part of it.</summary>
/// <param name="Value">Goes into the Authorization header, nowhere else.</param>
/// <param name="ExpiresAt">When Marketo said it would end.</param>
public sealed record AccessToken(string Value, DateTimeOffset ExpiresAt)
{
    public override string ToString() => $"access token until {ExpiresAt:u}";
}
