using MarketoLambda.Sync.Batching;
using MarketoLambda.Sync.Jobs;
using MarketoLambda.Sync.Leases;
using MarketoLambda.Sync.Mapping;
using MarketoLambda.Sync.Targets;

namespace MarketoLambda.Sync.Rejects;

/// <summary>What rejects are tried again with: the same as new records.</summary>
/// <param name="Job">Whose rejects they are.</param>
/// <param name="Mapper">Maps rows that could not be mapped.</param>
/// <param name="Target">Where they are sent.</param>
/// <param name="Delivery">Gets records answered.</param>
/// <param name="RecordsPerCall">Most records of a call.</param>
/// <param name="Deadline">No call begins when it is near.</param>
internal sealed record RetryMeans(
    SyncJob Job,
    RecordMapper Mapper,
    ITargetWriter Target,
    BatchDelivery Delivery,
    int RecordsPerCall,
    RunDeadline Deadline);
