using MarketoLambda.Testing.Aws;

namespace MarketoLambda.Functions.Tests.Support;

/// <summary>An emulated AWS for the tests of a class.</summary>
public sealed class Aws : IAsyncLifetime
{
    private AwsEmulator? _emulator;

    /// <summary>Null where there is none.</summary>
    public Uri? Address => _emulator?.Address;

    public async ValueTask InitializeAsync() => _emulator = await AwsEmulator.StartAsync();

    public ValueTask DisposeAsync()
    {
        _emulator?.Dispose();
        return ValueTask.CompletedTask;
    }
}
