using System.Globalization;
using Npgsql;

namespace MarketoLambda.Sources.Postgres;

/// <summary>Asks a server questions that change nothing, each in a transaction of its own, so that none holds back its housekeeping.</summary>
internal sealed class PostgresSession(PostgresConnection connection, Relation relation) : IAsyncDisposable
{
    private readonly NpgsqlDataSource _server = connection.CreateDataSource();

    /// <summary>The rows of one statement, each made of the reader while it stands there.</summary>
    /// <param name="sql">One statement.</param>
    /// <param name="parameters">Its <c>$1</c> and so on.</param>
    /// <param name="read">Makes something of a row.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="Sync.Reading.SourceException">Whatever went wrong, in a sentence.</exception>
    public Task<List<T>> AskAsync<T>(string sql, IEnumerable<NpgsqlParameter> parameters, Func<NpgsqlDataReader, T> read, CancellationToken cancellationToken) =>
        TellAsync(async () =>
        {
            await using var open = await _server.OpenConnectionAsync(cancellationToken);
            await using var transaction = await open.BeginTransactionAsync(cancellationToken);
            await using var batch = BatchOf(open, sql, parameters);
            List<T> rows = [];
            await using (var reader = await batch.ExecuteReaderAsync(cancellationToken))
            {
                while (await reader.ReadAsync(cancellationToken))
                {
                    rows.Add(read(reader));
                }
            }

            await transaction.CommitAsync(cancellationToken);
            return rows;
        });

    /// <summary>Names and types of the columns that a statement would give.</summary>
    public Task<List<(string Name, uint Type)>> DescribeAsync(string sql, CancellationToken cancellationToken) => TellAsync(async () =>
    {
        await using var open = await _server.OpenConnectionAsync(cancellationToken);
        await using NpgsqlCommand command = new(sql, open);
        await using var reader = await command.ExecuteReaderAsync(System.Data.CommandBehavior.SchemaOnly, cancellationToken);
        return Enumerable.Range(0, reader.FieldCount).Select(index => (reader.GetName(index), reader.GetDataTypeOID(index))).ToList();
    });

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    // The session's own settings may differ: text is to look the same everywhere, and times without zone must not be moved.
    private NpgsqlBatch BatchOf(NpgsqlConnection open, string sql, IEnumerable<NpgsqlParameter> parameters)
    {
        NpgsqlBatch batch = new(open) { Timeout = connection.TimeoutSeconds };
        batch.BatchCommands.Add(new("set transaction read only"));
        batch.BatchCommands.Add(new(string.Create(CultureInfo.InvariantCulture, $"set local statement_timeout = {connection.TimeoutSeconds * 1000L}")));
        batch.BatchCommands.Add(new("set local timezone = 'UTC'"));
        batch.BatchCommands.Add(new("set local datestyle = 'ISO, YMD'"));
        batch.BatchCommands.Add(new("set local intervalstyle = 'iso_8601'"));
        NpgsqlBatchCommand statement = new(sql);
        foreach (var parameter in parameters)
        {
            statement.Parameters.Add(parameter);
        }

        batch.BatchCommands.Add(statement);
        return batch;
    }

    private async Task<T> TellAsync<T>(Func<Task<T>> ask)
    {
        try
        {
            return await ask();
        }
        catch (Exception failure) when (PostgresFailure.Of(failure, connection, relation) is { } told)
        {
            throw told;
        }
    }
}
