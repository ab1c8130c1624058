using System.Runtime.InteropServices;

namespace MarketoLambda.Cli.Hosting;

/// <summary>Ctrl-C and SIGTERM: the first asks to stop at a good place, the second aborts.</summary>
internal sealed class StopSignals : IDisposable
{
    private static readonly CancellationTokenSource StopSource = new();
    private static readonly CancellationTokenSource AbortSource = new();

    private readonly PosixSignalRegistration[] _registrations;

    public StopSignals() => _registrations = [Register(PosixSignal.SIGINT), Register(PosixSignal.SIGTERM)];

    /// <summary>Finish what is on its way, save a checkpoint, leave.</summary>
    public static CancellationToken StopRequested => StopSource.Token;

    /// <summary>Leave at once; the last checkpoint stands.</summary>
    public static CancellationToken Aborted => AbortSource.Token;

    public void Dispose()
    {
        foreach (var registration in _registrations)
        {
            registration.Dispose();
        }
    }

    private static PosixSignalRegistration Register(PosixSignal signal) => PosixSignalRegistration.Create(signal, context =>
    {
        context.Cancel = true;
        if (StopSource.IsCancellationRequested)
        {
            AbortSource.Cancel();
        }

        StopSource.Cancel();
    });
}
