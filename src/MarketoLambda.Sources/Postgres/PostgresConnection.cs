using MarketoLambda.Sync.Settings;
using Microsoft.Extensions.Configuration;
using Npgsql;

namespace MarketoLambda.Sources.Postgres;

/// <summary>How a server is reached, as the settings of the host say. The connection string is a secret and is never shown.</summary>
/// <param name="Name">As jobs call it.</param>
/// <param name="Text">The connection string.</param>
internal sealed record PostgresConnection(string Name, string Text)
{
    private const int DefaultTimeoutSeconds = 300;

    /// <summary>The setting's full name.</summary>
    public string Setting => $"Connections__{Name}__ConnectionString";

    /// <summary>Longest time for one statement, unless the connection string has a <c>Command Timeout</c> of its own.</summary>
    public int TimeoutSeconds =>
        Builder(Text) is var text && text.ShouldSerialize("Command Timeout") ? text.CommandTimeout : DefaultTimeoutSeconds;

    /// <summary>The user, as it is logged in with; null where the text names none.</summary>
    public string? User => Builder(Text).Username;

    /// <summary>The <c>SSL Mode</c>, where the server is elsewhere and may be spoken to without TLS; null otherwise.</summary>
    public SslMode? InsecureMode =>
        Builder(Text) is { SslMode: SslMode.Disable or SslMode.Allow or SslMode.Prefer, Host: { } hosts } text
        && hosts.Split(',').Any(host => !IsHere(host))
            ? text.SslMode
            : null;

    /// <summary>Reads the setting that a job's section names, and reports what is wrong with it.</summary>
    /// <param name="section">The section.</param>
    /// <param name="name">What names the connection there.</param>
    /// <param name="settings">All settings of the host.</param>
    public static PostgresConnection Read(JobSection section, string name, IConfiguration settings)
    {
        PostgresConnection connection = new(section.RequiredText(name), "");
        if (connection.Name.Length == 0)
        {
            return connection;
        }

        var text = settings[$"Connections:{connection.Name}:ConnectionString"];
        if (string.IsNullOrWhiteSpace(text))
        {
            section.AddError(name, $"is \"{connection.Name}\", but the setting {connection.Setting} is missing");
        }
        else if (ConnectionText.Mistake(text) is { } mistake)
        {
            section.AddError(name, $"is \"{connection.Name}\", but the setting {connection.Setting} {mistake}");
        }

        return connection with { Text = text ?? "" };
    }

    /// <summary>A pool of connections for one reader, without anything that is not needed.</summary>
    public NpgsqlDataSource CreateDataSource()
    {
        NpgsqlSlimDataSourceBuilder builder = new(Text);
        builder.ConnectionStringBuilder.CommandTimeout = TimeoutSeconds;
        builder.ConnectionStringBuilder.ApplicationName ??= "marketo-lambda";
        builder.ConnectionStringBuilder.IncludeErrorDetail = false;
        builder.EnableTransportSecurity();
        builder.ConfigureTypeLoading(types => types.EnableTypeLoading(false)); // everything is read as text or time
        return builder.Build();
    }

    public override string ToString() => Name;

    private static bool IsHere(string host)
    {
        var name = host.Trim();
        return name.StartsWith('/')
            || name.StartsWith('@')
            || (Uri.TryCreate($"tcp://{name}", UriKind.Absolute, out var address) && address.IsLoopback);
    }

    private static NpgsqlConnectionStringBuilder Builder(string text) => new(text);
}
