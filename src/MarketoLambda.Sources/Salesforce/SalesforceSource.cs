using MarketoLambda.Sources.Passes;
using MarketoLambda.Sources.Salesforce.Client;
using MarketoLambda.Sources.Salesforce.Fields;
using MarketoLambda.Sync.Sources;

namespace MarketoLambda.Sources.Salesforce;

/// <summary>Records of one object of Salesforce, in the order of their last change.</summary>
internal sealed class SalesforceSource(SalesforceOptions options, SalesforceClient client, TimeProvider time) : ISource
{
    public string Description => $"{options.Object} of Salesforce at {client.Connection.LoginUrl.Host}";

    public SourceConventions Conventions { get; } = SourceConventions.Invariant with { IsWrittenByProgram = true };

    public bool HasCursor => true;

    public PositionText? DescribePosition(Checkpoint position) => HalfReadPass.Describe(position);

    /// <summary>Its fields that hold a single value, for whoever writes a job for it.</summary>
    /// <exception cref="SourceException">Salesforce cannot be reached, or has no such object.</exception>
    public async Task<IReadOnlyList<string>> ListColumnsAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await new ObjectDescriptions(client).ListAsync(options.Object, cancellationToken);
        }
        catch (SalesforceException failure)
        {
            throw SalesforceErrors.Create(failure, client.Connection, options.Object);
        }
    }

    public Task<ISourceReader> OpenAsync(ReadRequest request, CancellationToken cancellationToken) =>
        Task.FromResult<ISourceReader>(PassReader.Open(new SalesforceTable(options, client, request.Columns, request.From.Mark, time),
            options.Pass, request));
}
