using MarketoLambda.Sync.Mapping;
using MarketoLambda.Sync.Rejects;

namespace MarketoLambda.Cli.Hosting;

/// <summary>Rejects in the folder a setting names: where it cannot be written to, the setting is the remedy.</summary>
internal sealed class LocalRejects(IRejectSink rejects, string folder) : IRejectSink
{
    public string Describe(string apiName) => rejects.Describe(apiName);

    public async Task StoreAsync(string apiName, IReadOnlyList<RejectedRecord> rejected, CancellationToken cancellationToken)
    {
        try
        {
            await rejects.StoreAsync(apiName, rejected, cancellationToken);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new IOException(
                $"rejected records cannot be stored in {folder}. Give this program the right to write there, or name another folder with "
                    + $"Sync__RejectsFolder ({failure.Message.TrimEnd('.')})",
                failure);
        }
    }
}
