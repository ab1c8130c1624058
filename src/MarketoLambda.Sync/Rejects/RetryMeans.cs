using MarketoLambda.Sync.Mapping;
using MarketoLambda.Sync.Runs;

namespace MarketoLambda.Sync.Rejects;

/// <summary>What rejects are tried again with: the same as new records.</summary>
/// <param name="Mapper">Maps rows that could not be mapped, and knows the job.</param>
/// <param name="Delivery">Gets records answered.</param>
/// <param name="RecordsPerCall">Most records of a call.</param>
/// <param name="Deadline">No call begins when it is near.</param>
internal sealed record RetryMeans(RecordMapper Mapper, Delivery Delivery, int RecordsPerCall, RunDeadline Deadline);
