using MarketoLambda.Marketo.Errors;

namespace MarketoLambda.Sync.Targets;

/// <summary>Finds out whether a target can be reached and written, for whoever looks at a set-up.</summary>
public static class TargetAccess
{
    /// <summary>
    /// Why no record of it can be written whatever is in it, as far as harmless calls tell; null where none of them says so.
    /// </summary>
    /// <param name="target">The target.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="MarketoException">Marketo refused or failed; a missing permission is one of them.</exception>
    public static async Task<string?> FindObstacleAsync(ITargetWriter target, CancellationToken cancellationToken)
    {
        try
        {
            await target.RequireDescriptionAsync(cancellationToken);
        }
        catch (JobMismatchException obstacle)
        {
            return obstacle.Message;
        }

        return await FindObstacleToWritingAsync(target, cancellationToken);
    }

    /// <summary>The same of a target that is known to be there.</summary>
    /// <inheritdoc cref="FindObstacleAsync"/>
    public static async Task<string?> FindObstacleToWritingAsync(ITargetWriter target, CancellationToken cancellationToken)
    {
        try
        {
            await target.TryWritingAsync(cancellationToken);
            return null;
        }
        catch (MarketoRequestException)
        {
            return null; // Marketo says of another call than this one what is wrong with it
        }
        catch (JobMismatchException obstacle)
        {
            return obstacle.Message;
        }
    }
}
