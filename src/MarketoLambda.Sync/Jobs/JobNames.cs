namespace MarketoLambda.Sync.Jobs;

/// <summary>The names of the jobs, for a host that runs none: it needs no connection to any source.</summary>
public sealed class JobNames(IReadOnlyList<string> all)
{
    private const int MaxCharacters = 100;

    /// <summary>
    /// Why a job that names its target cannot be called so: it is part of keys in Marketo, of addresses and of file names. Null where it
    /// can.
    /// </summary>
    internal static string? MistakeIn(string name) =>
        name.Length is > 0 and <= MaxCharacters
        && name.All(sign => char.IsAsciiLetterOrDigit(sign) || sign is '_' or '-' or '.')
        && char.IsAsciiLetterOrDigit(name[0])
            ? null
            : $"needs a job with a plain name: letters, digits, _, - and . only, first a letter or digit, at most {MaxCharacters}; rename "
                + $"\"{name}\"";

    /// <summary>The job's name as the job file writes it; null when there is none of that name, in any casing.</summary>
    public string? Find(string apiName) => all.FirstOrDefault(name => name.Equals(apiName, StringComparison.OrdinalIgnoreCase));
}
