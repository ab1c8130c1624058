using MarketoLambda.Emulator;
using MarketoLambda.Emulator.Identity;
using MarketoLambda.Emulator.Schema;
using MarketoLambda.Emulator.Settings;
using MarketoLambda.Marketo.Settings;

namespace MarketoLambda.Marketo.Tests.Emulator;

/// <summary>The client against the emulator in the same process: two independent readings of Adobe's documentation.</summary>
internal sealed class EmulatedMarketo : IDisposable
{
    private MarketoEmulator? _emulator;

    public EmulatedMarketo(Action<EmulatorOptions>? subscription = null, Action<MarketoOptions>? settings = null, int seed = 1)
    {
        Client = new MarketoUnderTest(
            options =>
            {
                (options.ClientId, options.ClientSecret) = (CustomService.DefaultClientId, CustomService.DefaultClientSecret);
                settings?.Invoke(options);
            },
            time => Create(time, subscription).CreateHandler(),
            seed);
        _ = Client.Objects; // Makes the handler, and so the emulator.
        Marketo.DefineObject(
            "car_c",
            "Car",
            new FieldDefinition("vin", "string") { IsDedupeField = true },
            new FieldDefinition("color", "string"));
    }

    public MarketoUnderTest Client { get; }

    public MarketoEmulator Marketo => _emulator ?? throw new InvalidOperationException("No call was made yet.");

    public void Dispose() => Client.Dispose();

    private MarketoEmulator Create(TimeProvider time, Action<EmulatorOptions>? subscription)
    {
        var options = new EmulatorOptions();
        subscription?.Invoke(options);
        return _emulator = new MarketoEmulator(options, time);
    }
}
