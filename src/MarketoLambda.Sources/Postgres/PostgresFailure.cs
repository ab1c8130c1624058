using System.Security.Authentication;
using MarketoLambda.Sync.Reading;
using Npgsql;

namespace MarketoLambda.Sources.Postgres;

/// <summary>Turns what the server or the network did into one sentence. The server's own words may quote values, so they are not repeated.</summary>
internal static class PostgresFailure
{
    private const string Continues = "what was imported before stands, and the next run goes on from there";

    /// <summary>Null where somebody gave up, or the failure is a bug of ours.</summary>
    public static SourceException? Of(Exception failure, PostgresConnection connection, Relation relation) => failure switch
    {
        PostgresException refusal => new(Sentence(refusal, connection, relation), Hidden(refusal)),
        NpgsqlException { InnerException: TimeoutException } => new($"The server of the connection \"{connection.Name}\" did not answer in time ({connection.TimeoutSeconds} s for a statement); {Continues}"),
        NpgsqlException { InnerException: AuthenticationException } => new($"The server of the connection \"{connection.Name}\" cannot be trusted, or speaks no TLS: compare \"SSL Mode\" and \"Root Certificate\" in the setting {connection.Setting} with its certificate"),
        NpgsqlException { InnerException: System.Net.Sockets.SocketException } => Unreachable(connection),
        NpgsqlException { InnerException: IOException } => new($"The connection \"{connection.Name}\" broke off while {relation.Name} was read; {Continues}"),
        NpgsqlException => new($"The server of the connection \"{connection.Name}\" cannot be used as the setting {connection.Setting} says: user, password and TLS must fit what it asks for"),
        System.Net.Sockets.SocketException => Unreachable(connection),
        InvalidCastException or OverflowException => new($"{relation.Name} has a time in its cursor that no calendar here holds (before the year 1); correct it"),
        _ => null,
    };

    private static SourceException Unreachable(PostgresConnection connection) =>
        new($"The server of the connection \"{connection.Name}\" cannot be reached; check host and port in the setting {connection.Setting}, and the firewalls between");

    private static string Sentence(PostgresException refusal, PostgresConnection connection, Relation relation) => refusal.SqlState switch
    {
        PostgresErrorCodes.InvalidPassword or PostgresErrorCodes.InvalidAuthorizationSpecification => $"The server of the connection \"{connection.Name}\" refused the login; correct user and password in the setting {connection.Setting}, or the server's pg_hba.conf",
        PostgresErrorCodes.InvalidCatalogName => $"The database of the connection \"{connection.Name}\" does not exist; correct it in the setting {connection.Setting}",
        PostgresErrorCodes.InsufficientPrivilege => $"The user of the connection \"{connection.Name}\" may not read {relation.Name}; grant it usage on the schema and select on {(relation.IsQuery ? "every table in it" : "the table")}",
        PostgresErrorCodes.UndefinedTable or PostgresErrorCodes.InvalidSchemaName => relation.IsQuery ? "The query names a table that does not exist, or not any more; correct \"query\" in the job file" : $"The table {relation.Name} is gone; restore it, or correct \"table\" in the job file; {Continues}",
        PostgresErrorCodes.UndefinedColumn => $"{relation.Name} names a column that does not exist, or not any more; compare the job file with the table",
        PostgresErrorCodes.UndefinedFunction => $"{relation.Name} cannot be read in the order of its id: a column of that type cannot be compared; name others in \"id\", or {(relation.IsQuery ? "correct" : "write")} the query",
        PostgresErrorCodes.SyntaxError => "The query is no single SELECT statement that can stand in a FROM clause; correct \"query\" in the job file",
        PostgresErrorCodes.ReadOnlySqlTransaction => "The query changes something, and only reading is allowed; correct \"query\" in the job file",
        PostgresErrorCodes.QueryCanceled => $"Reading {relation.Name} took longer than {connection.TimeoutSeconds} s; create an index on its cursor and id, or give \"Command Timeout\" in the setting {connection.Setting} more seconds; {Continues}",
        PostgresErrorCodes.TooManyConnections => $"The server of the connection \"{connection.Name}\" has no connection left; {Continues}",
        PostgresErrorCodes.InvalidTextRepresentation or PostgresErrorCodes.InvalidDatetimeFormat or PostgresErrorCodes.NumericValueOutOfRange => $"{relation.Name} cannot be read on from the stored position, or the query converts a value that is none: if the type of an id column was changed, reset the job",
        PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown or PostgresErrorCodes.CannotConnectNow => $"The server of the connection \"{connection.Name}\" ended the connection or is starting; {Continues}",
        _ => $"The server of the connection \"{connection.Name}\" refused to read {relation.Name} with the code {refusal.SqlState}; its log has the words, {Continues}",
    };

    // Only the code: detail and message may hold values.
    private static InvalidOperationException Hidden(PostgresException refusal) => new($"SQLSTATE {refusal.SqlState}");
}
