using System.Globalization;
using Npgsql;

namespace MarketoLambda.Sources.Postgres;

/// <summary>Asks a server questions that change nothing, in short transactions, so that none holds back its housekeeping.</summary>
internal sealed class PostgresSession(PostgresConnection connection, Relation relation) : IAsyncDisposable
{
    private readonly NpgsqlDataSource _server = connection.CreateDataSource();

    /// <summary>The rows of one statement in a transaction of its own, each made of the reader while it stands there.</summary>
    /// <param name="sql">One statement.</param>
    /// <param name="parameters">Its <c>$1</c> and so on.</param>
    /// <param name="read">Makes something of a row.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="Sync.Sources.SourceException">Whatever went wrong, in a sentence.</exception>
    public Task<List<T>> AskAsync<T>(
        string sql,
        IEnumerable<NpgsqlParameter> parameters,
        Func<NpgsqlDataReader, T> read,
        CancellationToken cancellationToken
    ) => TransactAsync(questions => questions.AskAsync(sql, parameters, read, cancellationToken), cancellationToken);

    /// <summary>Several questions in one transaction.</summary>
    /// <exception cref="Sync.Sources.SourceException">Whatever went wrong, in a sentence.</exception>
    public Task<T> TransactAsync<T>(Func<PostgresQuestions, Task<T>> ask, CancellationToken cancellationToken) => TellAsync(async () =>
    {
        await using var open = await _server.OpenConnectionAsync(cancellationToken);
        await using var transaction = await open.BeginTransactionAsync(cancellationToken);
        var answer = await ask(new PostgresQuestions(open, connection.TimeoutSeconds));
        await transaction.CommitAsync(cancellationToken);
        return answer;
    }, isDescription: false);

    /// <summary>Names and types of the columns that a statement would give.</summary>
    public Task<List<(string Name, uint Type)>> DescribeAsync(string sql, CancellationToken cancellationToken) => TellAsync(async () =>
    {
        await using var open = await _server.OpenConnectionAsync(cancellationToken);
        await using NpgsqlCommand command = new(sql, open);
        await using var reader = await command.ExecuteReaderAsync(System.Data.CommandBehavior.SchemaOnly, cancellationToken);
        return Enumerable.Range(0, reader.FieldCount).Select(index => (reader.GetName(index), reader.GetDataTypeOID(index))).ToList();
    }, isDescription: true);

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private async Task<T> TellAsync<T>(Func<Task<T>> ask, bool isDescription)
    {
        try
        {
            return await ask();
        }
        catch (Exception failure) when (PostgresFailure.Explain(failure, connection, relation, isDescription) is { } told)
        {
            throw told;
        }
    }
}

/// <summary>A transaction's questions. The first one brings the settings, so that they cost no way of their own.</summary>
internal sealed class PostgresQuestions(NpgsqlConnection open, int timeoutSeconds)
{
    private const string AnyBytes = "SQL_ASCII";

    // The session's own settings may differ: text is to look the same everywhere, and times without zone must not be moved.
    private readonly Queue<string> _settings = new(
    [
        "set transaction read only",
        string.Create(CultureInfo.InvariantCulture, $"set local statement_timeout = {timeoutSeconds * 1000L}"),
        "set local timezone = 'UTC'",
        "set local datestyle = 'ISO, YMD'",
        "set local intervalstyle = 'iso_8601'",
        "set local extra_float_digits = 1",
        "set local cursor_tuple_fraction = 1",
        .. open.PostgresParameters.GetValueOrDefault("server_encoding") == AnyBytes
            ? new[] { $"set local client_encoding = '{AnyBytes}'" }
            : [], // else the server refuses all rows because of one
    ]);

    /// <summary>The rows of one statement.</summary>
    public Task<List<T>> AskAsync<T>(
        string sql,
        IEnumerable<NpgsqlParameter> parameters,
        Func<NpgsqlDataReader, T> read,
        CancellationToken cancellationToken) => AskAsync([Command(sql, parameters)], read, cancellationToken);

    /// <summary>Declares a cursor, to read a statement's rows some at a time.</summary>
    public PostgresFetch<T> Fetch<T>(string sql, IEnumerable<NpgsqlParameter> parameters, Func<NpgsqlDataReader, T> read) =>
        new(this, Command($"declare page no scroll cursor for {sql}", parameters), read);

    /// <summary>The rows of the last of several statements; the others have none.</summary>
    public async Task<List<T>> AskAsync<T>(
        IEnumerable<NpgsqlBatchCommand> commands,
        Func<NpgsqlDataReader, T> read,
        CancellationToken cancellationToken)
    {
        await using NpgsqlBatch batch = new(open) { Timeout = timeoutSeconds };
        while (_settings.TryDequeue(out var setting))
        {
            batch.BatchCommands.Add(new(setting));
        }

        foreach (var command in commands)
        {
            batch.BatchCommands.Add(command);
        }

        List<T> rows = [];
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            rows.Add(read(reader));
        }

        return rows;
    }

    private static NpgsqlBatchCommand Command(string sql, IEnumerable<NpgsqlParameter> parameters)
    {
        NpgsqlBatchCommand command = new(sql);
        foreach (var parameter in parameters)
        {
            command.Parameters.Add(parameter);
        }

        return command;
    }
}

/// <summary>A statement's rows, some at a time.</summary>
internal sealed class PostgresFetch<T>(PostgresQuestions questions, NpgsqlBatchCommand declaration, Func<NpgsqlDataReader, T> read)
{
    private bool _isDeclared;

    /// <summary>So many rows more; fewer where no more are left.</summary>
    public async Task<List<T>> NextAsync(int count, CancellationToken cancellationToken)
    {
        NpgsqlBatchCommand fetch = new(string.Create(CultureInfo.InvariantCulture, $"fetch {count} from page"));
        IEnumerable<NpgsqlBatchCommand> commands = _isDeclared ? [fetch] : [declaration, fetch];
        _isDeclared = true;
        return await questions.AskAsync(commands, read, cancellationToken);
    }
}
