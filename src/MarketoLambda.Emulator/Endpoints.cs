using MarketoLambda.Emulator.Activities;
using MarketoLambda.Emulator.Calls;
using MarketoLambda.Emulator.Http;
using MarketoLambda.Emulator.Identity;
using MarketoLambda.Emulator.Leads;
using MarketoLambda.Emulator.Lists;
using MarketoLambda.Emulator.Metadata;
using MarketoLambda.Emulator.Objects;
using MarketoLambda.Emulator.Programs;
using MarketoLambda.Emulator.Records;
using MarketoLambda.Emulator.Settings;
using MarketoLambda.Emulator.Standard;
using MarketoLambda.Emulator.Tokens;
using MarketoLambda.Emulator.Usage;

namespace MarketoLambda.Emulator;

/// <summary>One handler and one permission for each kind of call.</summary>
internal sealed class Endpoints
{
    private const ApiPermissions ReadsRecords = ApiPermissions.ReadCustomObject | ApiPermissions.WriteCustomObject;
    private const ApiPermissions ReadsTypes = ApiPermissions.ReadCustomObjectType | ApiPermissions.WriteCustomObjectType;

    private readonly EmulatorOptions _options;
    private readonly Dictionary<CallKind, Endpoint> _byKind;
    private readonly Dictionary<Operation, AnswerCall> _byOperation;

    public Endpoints(Subscription subscription, EmulatorOptions options, LinkableObjects linkable)
    {
        _options = options;
        var (catalog, gate) = (subscription.Catalog, subscription.Gate);
        var schemaWriter = new SchemaWriter(new ValueReader(options), linkable, () => options.CrmSync);
        var identity = new IdentityEndpoint(options, subscription.Tokens, gate);
        var describe = new DescribeEndpoints(catalog, schemaWriter, gate);
        var query = new QueryEndpoint(options, catalog, gate);
        var sync = new SyncEndpoint(options, catalog, subscription.Writer, gate);
        var delete = new DeleteEndpoint(options, catalog, subscription.Writer, gate);
        var types = new SchemaEndpoints(catalog, subscription.Types, subscription.Fields, options, gate);
        var schemas = new SchemaQueries(catalog, subscription.Types, linkable, schemaWriter, gate);
        var usage = new UsageEndpoints(subscription.Usage, gate);
        _byOperation = Operations(subscription, options);
        _byKind = new Dictionary<CallKind, Endpoint>
        {
            [CallKind.Identity] = new(identity.Answer, null),
            [CallKind.List] = new(describe.List, ReadsRecords),
            [CallKind.Describe] = new(describe.Describe, ReadsRecords),
            [CallKind.Query] = new(query.Answer, ReadsRecords),
            [CallKind.Sync] = new(sync.Answer, ApiPermissions.WriteCustomObject),
            [CallKind.Delete] = new(delete.Answer, ApiPermissions.WriteCustomObject),
            [CallKind.SchemaList] = new((call, _) => schemas.List(call), ReadsTypes),
            [CallKind.SchemaDescribe] = new((call, _) => schemas.Describe(call), ReadsTypes),
            [CallKind.SchemaFieldDataTypes] = new((call, _) => SchemaQueries.FieldDataTypes(call), ReadsTypes),
            [CallKind.SchemaLinkableObjects] = new((call, _) => schemas.LinkableObjects(call), ReadsTypes),
            [CallKind.SchemaDependentAssets] = new((call, _) => schemas.DependentAssets(call), ReadsTypes),
            [CallKind.SchemaSync] = new((call, _) => types.Sync(call), ApiPermissions.WriteCustomObjectType),
            [CallKind.SchemaApprove] = new(types.Approve, ApiPermissions.WriteCustomObjectType),
            [CallKind.SchemaDiscardDraft] = new((call, _) => types.DiscardDraft(call), ApiPermissions.WriteCustomObjectType),
            [CallKind.SchemaDelete] = new((call, _) => types.Delete(call), ApiPermissions.WriteCustomObjectType),
            [CallKind.SchemaAddField] = new((call, _) => types.AddField(call), ApiPermissions.WriteCustomObjectType),
            [CallKind.SchemaUpdateField] = new((call, _) => types.UpdateField(call), ApiPermissions.WriteCustomObjectType),
            [CallKind.SchemaDeleteField] = new((call, _) => types.DeleteField(call), ApiPermissions.WriteCustomObjectType),
            [CallKind.UsageToday] = new((call, _) => usage.Calls(call, allDays: false), null),
            [CallKind.UsageLast7Days] = new((call, _) => usage.Calls(call, allDays: true), null),
            [CallKind.ErrorsToday] = new((call, _) => usage.Errors(call, allDays: false), null),
            [CallKind.ErrorsLast7Days] = new((call, _) => usage.Errors(call, allDays: true), null),
        };
    }

    /// <summary>Carries the call out.</summary>
    public EmulatorResponse Answer(Call call, DateTimeOffset now)
    {
        var kind = call.Route.Kind;
        if (Find(call.Route) is not { } endpoint)
        {
            return call.Envelope.Refused(Refusal.NotFound);
        }

        if (!call.Route.MethodAllowed)
        {
            return call.Envelope.Refused(Refusal.MethodNotSupported(call.Request.Method));
        }

        if (endpoint.Permission is { } permission && call.Service is { } service && (service.Permissions & permission) == 0)
        {
            return call.Envelope.Refused(Refusal.AccessDenied);
        }

        if (_options.CrmSync && call.Route.Standard is { IsHiddenByCrm: true })
        {
            return call.Envelope.Refused(Refusal.FromCode(_options.Quirks.RolesHiddenCode));
        }

        return CallKind.Schema.Covers(kind) && !_options.SchemaApiAvailable
            ? call.Envelope.Refused(Refusal.InvalidSubscriptionType)
            : endpoint.Answer(call, now);
    }

    private static Dictionary<Operation, AnswerCall> Operations(Subscription subscription, EmulatorOptions options)
    {
        var (catalog, store, gate) = (subscription.Catalog, subscription.Store, subscription.Gate);
        return new(
        [
            .. LeadEndpoints.All(options, catalog, store, gate),
            .. ProgramEndpoints.All(options, subscription.Programs, catalog, store, gate),
            .. ListEndpoints.All(options, subscription.Lists, catalog, gate),
            .. ActivityEndpoints.All(options, subscription.Activities, catalog, gate),
        ]);
    }

    private Endpoint? Find(Route route) =>
        route.Operation is { } operation ? new Endpoint(_byOperation[operation], operation.Permissions)
        : !_byKind.TryGetValue(route.Kind, out var endpoint) ? null
        : route.Standard is { } standard ? endpoint with { Permission = PermissionFor(route.Kind, standard) }
        : endpoint;

    private static ApiPermissions PermissionFor(CallKind kind, StandardObject standard) =>
        kind == CallKind.Sync || kind == CallKind.Delete ? standard.Write : standard.Read | standard.Write;

    /// <param name="Permission">Any of these is enough; null: none is needed.</param>
    private sealed record Endpoint(AnswerCall Answer, ApiPermissions? Permission);
}
