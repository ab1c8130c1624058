namespace MarketoLambda.Sources.Tests.Support;

/// <summary>Tests that measure the memory of the process, or take all of the machine: they run when all others are through.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class TestsThatRunAlone
{
    public const string Name = "alone";
}
