using Amazon.SimpleSystemsManagement;
using Amazon.SimpleSystemsManagement.Model;
using Microsoft.Extensions.Configuration;

namespace MarketoLambda.Functions.Hosting;

/// <summary>
/// Reads the settings that live in SSM Parameter Store. The setting <c>FromSsm__Marketo__ClientSecret=/my/secret</c> says that
/// <c>Marketo__ClientSecret</c> is in the parameter <c>/my/secret</c>; so each function reads exactly what is named, and its role allows no
/// more.
/// </summary>
internal static class SsmSecrets
{
    public const string Section = "FromSsm";

    /// <summary>Parameters one call may name.</summary>
    /// <remarks>Source: AWS Systems Manager API reference, GetParameters.</remarks>
    private const int MaxNames = 10;

    /// <exception cref="InvalidOperationException">A parameter is missing.</exception>
    public static async Task<IReadOnlyDictionary<string, string?>> ReadAsync(
        IConfiguration settings,
        IAmazonSimpleSystemsManagement ssm,
        CancellationToken cancellationToken)
    {
        var names = settings
            .GetSection(Section)
            .AsEnumerable(makePathsRelative: true)
            .Where(setting => !string.IsNullOrWhiteSpace(setting.Value))
            .ToList();
        Dictionary<string, string> values = [];
        foreach (var some in names.Select(setting => setting.Value ?? "").Distinct().Chunk(MaxNames))
        {
            var found = await ssm.GetParametersAsync(
                new GetParametersRequest { Names = [.. some], WithDecryption = true },
                cancellationToken);
            if (found.InvalidParameters is { Count: > 0 } missing)
            {
                throw new InvalidOperationException(
                    $"SSM Parameter Store has no {string.Join(", ", missing)}. Create it as a SecureString in this region; the README of "
                        + "the functions has the command."
                );
            }

            foreach (var parameter in found.Parameters)
            {
                values[parameter.Name] = parameter.Value;
            }
        }

        return names.ToDictionary(setting => setting.Key, setting => (string?)values[setting.Value ?? ""]);
    }
}
