using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace MarketoLambda.Testing;

/// <summary>A PostgreSQL server of its own on a free port of this machine, in a folder that goes with it; it ends when this process does.</summary>
/// <remarks>Everybody is trusted, except the user <see cref="Locked"/>, who needs a password.</remarks>
public sealed class PostgresServer : IAsyncDisposable
{
    public const string Locked = "locked";
    public const string Password = "a-secret-of-the-test";

    /// <summary>Said where a test is skipped.</summary>
    public const string Missing = "there is no PostgreSQL server here; install Debian's package postgresql to run this";

    // Ends with its input, so that no server outlives a test that was killed.
    private const string Script = """
        set -e
        folder=$(mktemp -d)
        trap 'rm -rf "$folder"' EXIT
        "$0/initdb" -D "$folder/data" -A trust -U postgres -N -E UTF8 --locale=C.UTF-8 > "$folder/log" 2>&1
        { echo "host all locked 127.0.0.1/32 scram-sha-256"; echo "host all all 127.0.0.1/32 trust"; } > "$folder/data/pg_hba.conf"
        "$0/postgres" -D "$folder/data" -p "$1" -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c fsync=off -c max_prepared_transactions=5 -c autovacuum=off >> "$folder/log" 2>&1 &
        server=$!
        until "$0/pg_isready" -q -h 127.0.0.1 -p "$1"; do kill -0 $server; sleep 0.05; done
        echo ready
        read -r _ || true
        kill -INT $server
        wait $server || true
        """;

    private readonly Process _process;
    private readonly int _port;
    private int _databases;

    private PostgresServer(Process process, int port)
    {
        _process = process;
        _port = port;
    }

    /// <summary>Starts one; null where its programs are not installed.</summary>
    public static async Task<PostgresServer?> StartAsync()
    {
        if (FindPrograms() is not { } programs)
        {
            return null;
        }

        var port = FreePort();
        ProcessStartInfo start = new() { RedirectStandardInput = true, RedirectStandardOutput = true, WorkingDirectory = "/" };
        List<string> command = ["bash", "-c", Script, programs, port.ToString(CultureInfo.InvariantCulture)];
        if (Environment.UserName == "root")
        {
            command.InsertRange(0, ["runuser", "-u", "postgres", "--"]); // the server refuses to run as root
        }

        start.FileName = command[0];
        foreach (var argument in command.Skip(1))
        {
            start.ArgumentList.Add(argument);
        }

        var process = Process.Start(start) ?? throw new InvalidOperationException("The server could not be started.");
        return await process.StandardOutput.ReadLineAsync() == "ready" ? new PostgresServer(process, port) : throw new InvalidOperationException("The server did not start.");
    }

    /// <summary>An empty database, and how its owner reaches it.</summary>
    public async Task<string> CreateDatabaseAsync()
    {
        var name = $"test{Interlocked.Increment(ref _databases)}";
        await using NpgsqlConnection connection = new(Connection("postgres"));
        await connection.OpenAsync();
        await using NpgsqlCommand command = new($"create database {name}", connection);
        await command.ExecuteNonQueryAsync();
        return Connection(name);
    }

    public async ValueTask DisposeAsync()
    {
        _process.StandardInput.Close();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private string Connection(string database) => $"Host=127.0.0.1;Port={_port};Database={database};Username=postgres;SSL Mode=Disable;Pooling=false;Timeout=60";

    private static string? FindPrograms() => Directory.Exists("/usr/lib/postgresql")
        ? Directory.EnumerateDirectories("/usr/lib/postgresql").Select(version => Path.Combine(version, "bin")).Where(programs => File.Exists(Path.Combine(programs, "initdb"))).Order(StringComparer.Ordinal).LastOrDefault()
        : null;

    private static int FreePort()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
