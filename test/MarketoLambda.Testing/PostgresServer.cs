using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace MarketoLambda.Testing;

/// <summary>
/// A PostgreSQL server of its own on a free port of this machine, in a folder that goes with it; it ends when this process does.
/// </summary>
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
        begin() { "$1/postgres" -D "$folder/$2" -p "$3" -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c fsync=off -c autovacuum=off $4 >> "$folder/log" 2>&1 & server=$!
                  until "$1/pg_isready" -q -h 127.0.0.1 -p "$3"; do kill -0 $server; sleep 0.05; done; }
        "$0/initdb" -D "$folder/data" -A trust -U postgres -N -E UTF8 --locale=C.UTF-8 > "$folder/log" 2>&1
        { echo "host all locked 127.0.0.1/32 scram-sha-256"; echo "hostssl all outsider 127.0.0.1/32 trust"; echo "host all outsider 127.0.0.1/32 reject"; echo "host all,replication all 127.0.0.1/32 trust"; } > "$folder/data/pg_hba.conf"
        if [ -z "$2" ]; then begin "$0" data "$1"; servers=$server
        else
          begin "$0" data "$1" "-c max_prepared_transactions=5"; servers=$server
          "$0/pg_basebackup" -h 127.0.0.1 -p "$1" -U postgres -D "$folder/replica" -R -c fast >> "$folder/log" 2>&1
          begin "$0" replica "$2" "-c max_prepared_transactions=5"; servers="$server $servers"
        fi
        echo ready
        read -r _ || true
        for server in $servers; do kill -INT $server; wait $server || true; done
        """;

    private readonly Process _process;
    private readonly int _port;
    private readonly int? _replicaPort;
    private int _databases;

    private PostgresServer(Process process, int port, int? replicaPort)
    {
        _process = process;
        _port = port;
        _replicaPort = replicaPort;
    }

    /// <summary>Starts one; null where its programs are not installed.</summary>
    public static Task<PostgresServer?> StartAsync() => StartAsync(replicaPort: null);

    /// <summary>Starts one that allows prepared transactions and has a replica; null where its programs are not installed.</summary>
    public static Task<PostgresServer?> StartWithReplicaAsync() => StartAsync(FreePort());

    private static async Task<PostgresServer?> StartAsync(int? replicaPort)
    {
        if (FindPrograms() is not { } programs)
        {
            return null;
        }

        var port = FreePort();
        ProcessStartInfo start = new()
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            WorkingDirectory = "/",
        };
        List<string> command =
        [
            "bash",
            "-c",
            Script,
            programs,
            port.ToString(CultureInfo.InvariantCulture),
            replicaPort?.ToString(CultureInfo.InvariantCulture) ?? "",
        ];
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
        return await process.StandardOutput.ReadLineAsync() == "ready"
            ? new PostgresServer(process, port, replicaPort)
            : throw new InvalidOperationException("The server did not start.");
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

    /// <summary>How the same database is reached on the replica.</summary>
    public string OnReplica(string connection) =>
        new NpgsqlConnectionStringBuilder(connection)
        {
            Port = _replicaPort ?? throw new InvalidOperationException("This server has no replica."),
        }.ConnectionString;

    public async ValueTask DisposeAsync()
    {
        _process.StandardInput.Close();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    /// <summary>How the replica reaches its primary.</summary>
    public string ForReplica => string.Create(CultureInfo.InvariantCulture, $"host=127.0.0.1 port={_port} user=postgres");

    /// <summary>How a database's owner reaches it.</summary>
    public string Connection(string database) =>
        $"Host=127.0.0.1;Port={_port};Database={database};Username=postgres;SSL Mode=Disable;Pooling=false;Timeout=60";

    private static string? FindPrograms() =>
        Directory.Exists("/usr/lib/postgresql")
            ? Directory
                .EnumerateDirectories("/usr/lib/postgresql")
                .Select(version => Path.Combine(version, "bin"))
                .Where(programs => File.Exists(Path.Combine(programs, "initdb")))
                .Order(StringComparer.Ordinal)
                .LastOrDefault()
            : null;

    private static int FreePort()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
