using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using MarketoLambda.Sync.Jobs;
using MarketoLambda.Sync.Settings;

namespace MarketoLambda.Sync.JobFiles;

/// <summary>Hashes what a job file says of a job.</summary>
internal static class DefinitionHash
{
    private const int Characters = 12;

    /// <summary>Neither casing of nor blanks between the file's parts count, nor the order of members.</summary>
    public static JobDefinition Compute(LocatedJson json, SyncJob job) =>
        new(
            Hash(json.Find("source")),
            job.IsNamedLikeTarget
                ? Hash(json.Find("key"), json.Find("fields"))
                : Hash(json.Find("key"), json.Find("fields"), json.Find(JobSettings.TargetName)));

    private static string Hash(params IReadOnlyList<LocatedJson?> parts)
    {
        StringBuilder text = new();
        foreach (var part in parts)
        {
            Write(text, part);
        }

        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())))[..Characters];
    }

    private static void Write(StringBuilder text, LocatedJson? value)
    {
        switch (value)
        {
            case null:
                text.Append('-');
                break;
            case { Kind: JsonValueKind.Object }:
                text.Append('{');
                foreach (var (name, member) in value.Members.OrderBy(member => member.Name, StringComparer.Ordinal))
                {
                    text.Append(name.Length).Append(':').Append(name);
                    Write(text, member);
                }

                text.Append('}');
                break;
            case { Kind: JsonValueKind.Array }:
                text.Append('[');
                foreach (var item in value.Items)
                {
                    Write(text, item);
                }

                text.Append(']');
                break;
            default:
                text.Append(value.Kind).Append(value.Text.Length).Append(':').Append(value.Text);
                break;
        }
    }
}
