using MarketoLambda.Sync.Targets;
using MarketoLambda.Sync.Targets.CustomObjects;

namespace MarketoLambda.Sync.Tests.Batching;

/// <summary>What batches are made with where it does not matter what they fill.</summary>
internal static class Batches
{
    public const int MaxRecords = 300;

    public static ITarget Target { get; } = new CustomObjectTarget("car_c");
}
