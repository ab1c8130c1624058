using MarketoLambda.Emulator;
using MarketoLambda.Emulator.Schema;
using MarketoLambda.Emulator.Settings;

namespace MarketoLambda.Benchmarks;

/// <summary>The emulator in a process of its own. Its first line on stdout is its address; it ends when stdin does.</summary>
internal static class ServerProcess
{
    public static async Task<int> ServeAsync(double speed, bool enforceLimits)
    {
        EmulatorOptions options = new() { EnforceLimits = enforceLimits, CallLogCapacity = 0 };
        MarketoEmulator emulator = new(options, new AcceleratedTime(speed, TimeProvider.System));
        emulator.DefineObject(
            BenchmarkFile.ApiName,
            "Implemented Product",
            FieldDefinition.Key("serialNumber"),
            new FieldDefinition("productName", "string"),
            new FieldDefinition("accountName", "string"),
            new FieldDefinition("quantity", "integer"),
            new FieldDefinition("listPrice", "currency"),
            new FieldDefinition("isActive", "boolean"),
            new FieldDefinition("implementedOn", "date"),
            new FieldDefinition("modifiedAt", "datetime"),
            new FieldDefinition("notes", "text"));
        await using var server = await emulator.ListenAsync(0, CancellationToken.None);
        Console.Out.WriteLine(server.Address);
        while (await Console.In.ReadLineAsync() is not null)
        {
            // What the emulator counted, for whoever asks: records, worst window, calls refused.
            var refused = emulator.Calls.ByOutcome.Where(outcome => outcome.Key is "606" or "615").Sum(outcome => outcome.Value);
            Console.Out.WriteLine(
                $"{emulator.Count(BenchmarkFile.ApiName)} {emulator.Limits.WorstWindow} {refused} {emulator.Limits.CallsToday}");
        }

        return 0;
    }
}
