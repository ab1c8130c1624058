using MarketoLambda.Sources.Passes;
using MarketoLambda.Sync.Sources;

namespace MarketoLambda.Sources.Postgres;

/// <summary>A table or query of a PostgreSQL server, read in passes in the order of its cursor.</summary>
internal sealed class PostgresSource(PostgresOptions options) : ISource
{
    internal PostgresOptions Options => options;

    public string Description => $"{options.Relation.Name} of the PostgreSQL connection \"{options.Connection.Name}\"";

    public SourceConventions Conventions => options.Conventions;

    public bool HasCursor => true;

    public IReadOnlyList<string> Advice =>
        options.Connection.InsecureMode is not { } mode
            ? []
            :
            [
                $"the connection \"{options.Connection.Name}\" does not insist on TLS (\"SSL Mode\" is {mode}), so password and rows may "
                    + "travel in clear text; "
                    + $"set \"SSL Mode=VerifyFull\" in the setting {options.Connection.Setting}",
            ];

    public PositionText? DescribePosition(Checkpoint position) => HalfReadPass.Describe(position);

    public async Task<ISourceReader> OpenAsync(ReadRequest request, CancellationToken cancellationToken)
    {
        PostgresSession session = new(options.Connection, options.Relation);
        try
        {
            var shape = await PostgresShape.ReadAsync(session, options, request.Columns, cancellationToken);
            return PassReader.Open(new PostgresTable(session, shape, options), options.Passes, request);
        }
        catch
        {
            await session.DisposeAsync();
            throw;
        }
    }
}
