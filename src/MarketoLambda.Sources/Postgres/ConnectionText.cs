using System.Data.Common;
using MarketoLambda.Sync.Wording;
using Npgsql;

namespace MarketoLambda.Sources.Postgres;

/// <summary>Finds what is wrong with a connection string, and tells it without showing any of its values.</summary>
internal static class ConnectionText
{
    private const string Example = "write it like \"Host=db.example.com;Database=crm;Username=reader;Password=…;SSL Mode=VerifyFull\"";

    private static readonly string[] Usual =
    [
        "Host",
        "Port",
        "Database",
        "Username",
        "Password",
        "Passfile",
        "SSL Mode",
        "SSL Certificate",
        "SSL Key",
        "Root Certificate",
        "Timeout",
        "Command Timeout",
        "Pooling",
        "Keepalive",
        "Application Name",
        "Search Path",
        "Options",
        "Timezone",
        "Target Session Attributes",
        "Load Balance Hosts",
    ];

    /// <summary>Half a sentence; null where nothing is wrong.</summary>
    public static string? Mistake(string text)
    {
        if (text.TrimStart().StartsWith("postgres", StringComparison.OrdinalIgnoreCase) && text.Contains("://", StringComparison.Ordinal))
        {
            return $"is an address, and Npgsql takes keywords; {Example}";
        }

        DbConnectionStringBuilder pairs = new();
        try
        {
            pairs.ConnectionString = text;
        }
        catch (ArgumentException)
        {
            return $"is no list of keywords and values; {Example}";
        }

        return pairs
                .Keys.Cast<string>()
                .Select((keyword, index) => MistakeAt(index + 1, keyword, pairs[keyword]))
                .FirstOrDefault(mistake => mistake is not null)
            ?? (string.IsNullOrWhiteSpace(new NpgsqlConnectionStringBuilder(text).Host) ? $"names no host; {Example}" : null);
    }

    // A stray semicolon in a password makes keywords of its parts: only what resembles a keyword is shown.
    private static string? MistakeAt(int number, string keyword, object value)
    {
        NpgsqlConnectionStringBuilder known = new();
        try
        {
            known[keyword] = value;
            return null;
        }
        catch (Exception mistake)
            when (mistake
                    is ArgumentException
                        or FormatException
                        or KeyNotFoundException
                        or InvalidCastException
                        or OverflowException
                        or NotSupportedException)
        {
            if (mistake is not KeyNotFoundException && mistake.InnerException is not KeyNotFoundException)
            {
                return $"has a value for \"{keyword}\" that Npgsql does not take{Choices(keyword)}";
            }

            var nearest = Usual.MinBy(other => EditDistance.Between(other, keyword)) ?? "";
            return EditDistance.Between(nearest, keyword) * 3 <= keyword.Length
                ? $"has the keyword \"{keyword}\", which Npgsql does not know (did you mean \"{nearest}\"?)"
                : $"has a keyword that Npgsql does not know, the {Ordinal(number)} one; a value with a semicolon in it must stand in "
                    + "double quotes";
        }
    }

    private static string Choices(string keyword) =>
        keyword.Replace(" ", "", StringComparison.Ordinal).Equals("SSLMode", StringComparison.OrdinalIgnoreCase)
            ? $": it is one of {string.Join(", ", Enum.GetNames<SslMode>())}"
            : "";

    private static string Ordinal(int number) => number switch { 1 => "first", 2 => "second", 3 => "third", _ => $"{number}th" };
}
