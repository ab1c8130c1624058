using MarketoLambda.Emulator.Calls;
using MarketoLambda.Testing.Simulation;

namespace MarketoLambda.Sync.Tests.Runs;

public sealed class RecordsPerCallTests
{
    [Fact]
    public void A_call_carries_as_many_records_as_the_setting_allows()
    {
        // Given
        var world = new SimulatedWorld(["product_c"]) { Settings = settings => settings.RecordsPerCall = 7 };
        for (var number = 1; number <= 20; number++)
        {
            world.Jobs[0].Add($"key-{number}");
        }

        // When
        world.Settle(world.Jobs[0]);

        // Then
        Assert.Equal(
            [7, 7, 6],
            world
                .Marketo.Calls.Newest.Where(call => call.Kind == CallKind.Sync && call.ObjectName == "product_c")
                .Select(call => call.Records));
        Assert.Empty(world.Judge());
    }
}
