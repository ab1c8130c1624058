using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace MarketoLambda.Sync.Jobs;

/// <summary>
/// What a job reads and what it makes of it, as two short hashes: the state record keeps them, so that a change is noticed.
/// </summary>
/// <param name="Source">Hash of the source's section.</param>
/// <param name="Mapping">Hash of the key, the fields, and a target that is another one than that of a job that names none.</param>
public sealed record JobDefinition(string Source, string Mapping)
{
    private const int HashCharacters = 12;

    /// <summary>Reads what <see cref="ToString"/> wrote; null where it is something else.</summary>
    public static JobDefinition? Parse(string? text) =>
        text?.Split(' ') is [['s', ':', .. var source], ['m', ':', .. var mapping]] ? new JobDefinition(source, mapping) : null;

    /// <summary>Neither casing of nor blanks between the file's parts count, nor the order of members.</summary>
    internal static JobDefinition Of(LocatedJson json, SyncJob job) =>
        new(
            Hash(json.Find("source")),
            job.IsNamedLikeTarget
                ? Hash(json.Find("key"), json.Find("fields"))
                : Hash(json.Find("key"), json.Find("fields"), json.Find(JobSettings.TargetName)));

    public override string ToString() => $"s:{Source} m:{Mapping}";

    /// <summary>What has changed since another definition was in force, as a sentence with the remedy; null where nothing has.</summary>
    public string? ChangeSince(JobDefinition? before, string job)
    {
        if (before is null || before == this)
        {
            return null;
        }

        var what = before.Source == Source ? "mapping" : before.Mapping == Mapping ? "source" : "source and the mapping";
        var has = what.Contains(' ', StringComparison.Ordinal) ? "have" : "has";
        return $"the {what} of this job {has} changed in the job file since the last run that imported something; "
            + $"rows that were imported before are not sent again: \"marketo-lambda reset {job}\" sends all of them, "
            + $"\"backfill {job}\" a stretch of time";
    }

    private static string Hash(params IReadOnlyList<LocatedJson?> parts)
    {
        StringBuilder text = new();
        foreach (var part in parts)
        {
            Write(text, part);
        }

        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())))[..HashCharacters];
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
