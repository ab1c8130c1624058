using Amazon.SimpleSystemsManagement;
using Amazon.SimpleSystemsManagement.Model;
using Microsoft.Extensions.Configuration;

namespace MarketoLambda.Functions.Hosting;

/// <summary>
/// Reads settings whose number nobody knows beforehand, such as connections: <c>FromSsmPath__Connections=/my/connections</c> says that
/// <c>Connections__crm__ClientSecret</c> is in the parameter <c>/my/connections/crm/ClientSecret</c>, and so on.
/// </summary>
internal static class SsmPaths
{
    public const string Section = "FromSsmPath";

    /// <summary>All settings below the paths; none where a path has no parameters.</summary>
    public static async Task<IReadOnlyDictionary<string, string?>> ReadAsync(
        IConfiguration settings,
        IAmazonSimpleSystemsManagement ssm,
        CancellationToken cancellationToken)
    {
        Dictionary<string, string?> values = [];
        foreach (
            var (section, path) in settings
                .GetSection(Section)
                .AsEnumerable(makePathsRelative: true)
                .Where(setting => !string.IsNullOrWhiteSpace(setting.Value))
                .Select(setting => (setting.Key, setting.Value ?? "")))
        {
            string? next = null;
            do
            {
                var page = await ssm.GetParametersByPathAsync(
                    new GetParametersByPathRequest
                    {
                        Path = path,
                        Recursive = true,
                        WithDecryption = true,
                        NextToken = next,
                    },
                    cancellationToken);
                foreach (var parameter in page.Parameters ?? [])
                {
                    values[section + parameter.Name[path.TrimEnd('/').Length..].Replace('/', ':')] = parameter.Value;
                }

                next = page.NextToken;
            }
            while (!string.IsNullOrEmpty(next));
        }

        return values;
    }
}
