using MarketoLambda.Marketo;
using MarketoLambda.Marketo.Errors;
using MarketoLambda.Marketo.Records;
using MarketoLambda.Marketo.Schema;
using MarketoLambda.Sync.Targets;

namespace MarketoLambda.Cli.Doctor;

/// <summary>
/// Finds out which permissions the API user's role has, in the words of Marketo's user interface, each with the cheapest call that changes
/// nothing: Marketo tells nobody what a role may do.
/// </summary>
/// <remarks>Source: Adobe, rest-api/endpoint-reference, "Required Permissions".</remarks>
internal sealed class PermissionCheck(MarketoClient marketo, CustomObjectSchemaClient schema, Findings findings)
{
    /// <summary>No subscription has an object of this name: whoever may change objects is told so, and nothing is changed.</summary>
    private const string NoSuchObject = "marketoLambdaDoctorAsks_c";

    /// <summary>No record has this id.</summary>
    private static readonly EncodedRecord NoSuchRecord = new("""{"marketoGUID":"00000000-0000-0000-0000-000000000000"}"""u8.ToArray());

    public async Task CheckCustomObjectsAsync(string objectName, CancellationToken cancellationToken)
    {
        await CheckAsync(
            "Read-Only Custom Object",
            "Read-Write Custom Object has it in it",
            () => marketo.CustomObjects.DescribeAsync(objectName, cancellationToken));
        await CheckAsync(
            "Read-Write Custom Object",
            "without it no run works",
            () => marketo.CustomObjects.SyncAsync(
                objectName, SyncAction.UpdateOnly, DedupeBy.IdField, [NoSuchRecord], Marketo.Calls.CallPurpose.State, cancellationToken));
    }

    /// <summary>The types of the subscription; null where the program may not see them.</summary>
    public async Task<IReadOnlyList<CustomObjectType>?> CheckTypesAsync(bool isInitialized, CancellationToken cancellationToken)
    {
        IReadOnlyList<CustomObjectType>? types = null;
        await CheckAsync(
            "Read-Only Custom Object Type",
            "Read-Write Custom Object Type has it in it",
            async () => types = await schema.ListAsync(cancellationToken),
            isNeeded: false);
        await CheckAsync(
            "Read-Write Custom Object Type",
            isInitialized ? "init needs it, and is done" : "init needs it, or you create the objects by hand",
            () => schema.ApproveAsync(NoSuchObject, cancellationToken),
            isNeeded: false);
        return types;
    }

    /// <summary>What a job fills, beside custom objects.</summary>
    public async Task CheckTargetAsync(ITarget target, CancellationToken cancellationToken)
    {
        string? obstacle = null;
        await CheckAsync(
            target.Permission,
            $"jobs that fill {target.Description} need it",
            async () => obstacle = await TargetAccess.FindObstacleAsync(target.Open(marketo), cancellationToken));
        if (obstacle is not null)
        {
            findings.Wrong($"Target {target.Description}", obstacle);
        }
    }

    private async Task CheckAsync(string permission, string purpose, Func<Task> call, bool isNeeded = true)
    {
        var subject = $"Permission \"{permission}\"";
        try
        {
            await call();
            findings.Good(subject, "granted");
        }
        catch (MarketoRequestException)
        {
            findings.Good(subject, "granted");
        }
        catch (MarketoAuthorizationException refused) when (refused.Code == MarketoErrorCatalog.AccessDenied.Code)
        {
            var text = $"missing ({purpose}): give it to the API user's role in Admin > Users & Roles > Roles, under Access API";
            (isNeeded ? (Action<string, string>)findings.Wrong : findings.Warn)(subject, text);
        }
        catch (MarketoAuthorizationException refused)
        {
            findings.Warn(subject, refused.Message); // the subscription lacks the interface
        }
        catch (MarketoException failure)
        {
            findings.NotSeen(subject, failure.Message);
        }
    }
}
