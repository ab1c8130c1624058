using System.Security.Authentication;
using MarketoLambda.Sync.Sources;
using Npgsql;

namespace MarketoLambda.Sources.Postgres;

/// <summary>
/// Turns what the server or the network did into one sentence. The server's own words may quote values, so they are repeated only where no
/// row was read.
/// </summary>
internal static class PostgresFailure
{
    private const string Continues = "what was imported before stands, and the next run goes on from there";

    /// <summary>Null where somebody gave up, or the failure is a bug of ours.</summary>
    /// <param name="failure">What happened.</param>
    /// <param name="connection">The connection.</param>
    /// <param name="relation">What is read.</param>
    /// <param name="isDescription">No row was read: the server can only quote the job file.</param>
    public static SourceException? Explain(Exception failure, PostgresConnection connection, Relation relation, bool isDescription) =>
        failure switch
        {
            PostgresException refusal => new(PostgresErrors.Sentence(refusal, connection, relation, isDescription), Hidden(refusal)),
            NpgsqlException { InnerException: TimeoutException } => new(
                $"The server of the connection \"{connection.Name}\" did not answer in time ({connection.TimeoutSeconds} s for a "
                    + $"statement); {Continues}"
            ),
            NpgsqlException { InnerException: AuthenticationException } => new(
                $"The server of the connection \"{connection.Name}\" cannot be trusted: its certificate does not fit \"SSL Mode\" and "
                    + $"\"Root Certificate\" in the setting {connection.Setting}"
            ),
            NpgsqlException { InnerException: System.Net.Sockets.SocketException } => Unreachable(connection),
            NpgsqlException { InnerException: IOException } => new(
                $"The connection \"{connection.Name}\" broke off while {relation.Name} was read; {Continues}"),
            NpgsqlException other when other.Message.StartsWith("SSL connection requested", StringComparison.Ordinal) => new(
                $"The server of the connection \"{connection.Name}\" speaks no TLS, and \"SSL Mode\" in the setting {connection.Setting} "
                    + "asks for it; turn TLS on at the server (ssl = on), or ask for less where the network is your own"
            ),
            NpgsqlException other when other.Message.StartsWith("No password has been provided", StringComparison.Ordinal) => new(
                $"The server of the connection \"{connection.Name}\" asks for a password, and the setting {connection.Setting} has none; "
                    + "add \"Password=…\" to it"
            ),
            NpgsqlException => new(
                $"The server of the connection \"{connection.Name}\" cannot be used as the setting {connection.Setting} says: user, "
                    + "password and TLS must fit what it asks for"
            ),
            System.Net.Sockets.SocketException => Unreachable(connection),
            InvalidCastException or OverflowException or FormatException or NotSupportedException or System.Text.DecoderFallbackException =>
                new(
                    $"{relation.Name} has a cursor or an id of a kind that this program cannot read; name another column in the job file, "
                        + "or write a query that converts it"
                ),
            _ => null,
        };

    private static SourceException Unreachable(PostgresConnection connection) =>
        new(
            $"The server of the connection \"{connection.Name}\" cannot be reached; check host and port in the setting "
                + $"{connection.Setting}, and the firewalls between"
        );

    // Only the code: detail and message may hold values.
    private static InvalidOperationException Hidden(PostgresException refusal) => new($"SQLSTATE {refusal.SqlState}");
}
