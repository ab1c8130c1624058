using MarketoLambda.Testing;

namespace MarketoLambda.Functions.Tests;

/// <summary>The folders of the Lambda host can be read one after the other, as those of the other projects.</summary>
public sealed class FolderCycleTests
{
    [Fact]
    public void Folders_of_the_host_form_no_cycle()
    {
        var graph = FolderGraph.Read(typeof(SyncFunction).Assembly.Location, "MarketoLambda.Functions");

        Assert.True(graph.Folders.Count > 4);
        Assert.True(graph.Arrows > 4);
        Assert.True(graph.FindCycle() is [], string.Join(Environment.NewLine, graph.FindCycle()));
    }
}
