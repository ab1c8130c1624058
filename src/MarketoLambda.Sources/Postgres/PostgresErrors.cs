using Npgsql;

namespace MarketoLambda.Sources.Postgres;

/// <summary>What a server refuses by its code, as one sentence with the remedy.</summary>
internal static class PostgresErrors
{
    private const string Continues = "what was imported before stands, and the next run goes on from there";
    private const string ClassOfQueries = "42";

    /// <param name="refusal">What the server said.</param>
    /// <param name="connection">The connection.</param>
    /// <param name="relation">What is read.</param>
    /// <param name="isDescription">No row was read: the server can only quote the job file.</param>
    public static string Sentence(PostgresException refusal, PostgresConnection connection, Relation relation, bool isDescription) =>
        OfLogin(refusal, connection) ?? OfQuery(refusal, relation, isDescription) ?? OfReading(refusal, connection, relation);

    private static string? OfLogin(PostgresException refusal, PostgresConnection connection) =>
        refusal.SqlState switch
        {
            PostgresErrorCodes.InvalidPassword =>
                $"The server of the connection \"{connection.Name}\" refused the password of the user {User(connection)}; correct it in "
                    + $"the setting {connection.Setting}",
            PostgresErrorCodes.InvalidAuthorizationSpecification when IsWithoutTls(refusal) =>
                $"The server of the connection \"{connection.Name}\" lets the user {User(connection)} in with TLS only, or not at all; set "
                    + $"\"SSL Mode=VerifyFull\" in the setting {connection.Setting}, or see the server's pg_hba.conf",
            PostgresErrorCodes.InvalidAuthorizationSpecification =>
                $"The server of the connection \"{connection.Name}\" does not know the user {User(connection)}, or does not let it in from "
                    + $"here; correct the setting {connection.Setting}, or the server's pg_hba.conf",
            PostgresErrorCodes.InvalidCatalogName =>
                $"The database of the connection \"{connection.Name}\" does not exist; correct it in the setting {connection.Setting}",
            PostgresErrorCodes.TooManyConnections =>
                $"The server of the connection \"{connection.Name}\" has no connection left; {Continues}",
            PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown or PostgresErrorCodes.CannotConnectNow =>
                $"The server of the connection \"{connection.Name}\" ended the connection or is starting; {Continues}",
            _ => null,
        };

    private static string? OfQuery(PostgresException refusal, Relation relation, bool isDescription)
    {
        if (
            !relation.IsQuery
            || !refusal.SqlState.StartsWith(ClassOfQueries, StringComparison.Ordinal)
            || refusal.SqlState == PostgresErrorCodes.InsufficientPrivilege)
        {
            return null;
        }

        var words = isDescription ? $": {refusal.MessageText}" : "";
        return refusal.SqlState switch
        {
            PostgresErrorCodes.SyntaxError =>
                $"The query is no single SELECT statement that can stand in a FROM clause{words}; correct \"query\" in the job file",
            _ when isDescription => $"The query cannot be read{words}; correct \"query\" in the job file",
            PostgresErrorCodes.UndefinedTable => "The query names a table that does not exist any more; correct \"query\" in the job file",
            _ => null,
        };
    }

    private static string OfReading(PostgresException refusal, PostgresConnection connection, Relation relation) =>
        refusal.SqlState switch
        {
            PostgresErrorCodes.InsufficientPrivilege => Grant(connection, relation),
            PostgresErrorCodes.UndefinedTable or PostgresErrorCodes.InvalidSchemaName =>
                $"The table {relation.Name} is gone; restore it, or correct \"table\" in the job file; {Continues}",
            PostgresErrorCodes.UndefinedColumn =>
                $"{relation.Name} names a column that does not exist, or not any more; compare the job file with the table",
            PostgresErrorCodes.AmbiguousColumn => $"{relation.Name} has two columns of one name; name one of them otherwise (as)",
            PostgresErrorCodes.UndefinedFunction =>
                $"{relation.Name} cannot be read in the order of its id: a column of that type cannot be compared; name others in \"id\", "
                    + $"or {(relation.IsQuery ? "correct" : "write")} the query",
            PostgresErrorCodes.ReadOnlySqlTransaction =>
                "The query changes something, and only reading is allowed; correct \"query\" in the job file",
            PostgresErrorCodes.QueryCanceled =>
                $"Reading {relation.Name} took longer than {connection.TimeoutSeconds} s; create an index on its cursor and id, or give "
                    + $"\"Command Timeout\" in the setting {connection.Setting} more seconds; {Continues}",
            PostgresErrorCodes.DivisionByZero =>
                $"{relation.Name} divides by zero in one of its rows; guard the division there, as in a / nullif(b, 0)",
            PostgresErrorCodes.SerializationFailure =>
                $"The server broke off reading {relation.Name}, because other transactions, or what a replica had to replay, were in its "
                    + $"way; this passes by itself, {Continues}",
            PostgresErrorCodes.DeadlockDetected =>
                $"The server broke off reading {relation.Name}, because it and another transaction waited for each other; this passes by "
                    + $"itself, {Continues}",
            PostgresErrorCodes.UntranslatableCharacter or PostgresErrorCodes.CharacterNotInRepertoire =>
                $"{relation.Name} has text that the server cannot turn into UTF-8, because it is none in the encoding of the database; "
                    + "correct it there",
            PostgresErrorCodes.InvalidTextRepresentation
            or PostgresErrorCodes.InvalidDatetimeFormat
            or PostgresErrorCodes.DatetimeFieldOverflow
            or PostgresErrorCodes.NumericValueOutOfRange =>
                $"{relation.Name} cannot be read on from the stored position, or the query converts a value that is none: if the type of "
                    + "an id column was changed, reset the job",
            _ =>
                $"The server of the connection \"{connection.Name}\" refused to read {relation.Name} with the code {refusal.SqlState}; its "
                    + $"log has the words, {Continues}",
        };

    private static string Grant(PostgresConnection connection, Relation relation)
    {
        var user = connection.User is { } name ? Relation.Quote(name) : "it";
        var grant = relation.IsQuery
            ? $"grant it usage on the schema and select on every table in it (GRANT SELECT ON … TO {user})"
            : $"GRANT SELECT ON {relation.Sql} TO "
                + $"{user}{(relation.Schema is { } schema ? $", and GRANT USAGE ON SCHEMA {schema} TO {user}" : "")}";
        return $"The user {User(connection)} of the connection \"{connection.Name}\" may not read {relation.Name}; {grant}";
    }

    private static bool IsWithoutTls(PostgresException refusal) =>
        refusal.MessageText.Contains("no encryption", StringComparison.Ordinal)
        || refusal.MessageText.Contains("SSL off", StringComparison.Ordinal);

    private static string User(PostgresConnection connection) => connection.User is { } user ? $"\"{user}\"" : "that this process runs as";
}
