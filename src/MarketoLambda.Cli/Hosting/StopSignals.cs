using System.Runtime.InteropServices;

namespace MarketoLambda.Cli.Hosting;

/// <summary>Ctrl-C and SIGTERM: the first asks to stop at a good place, the second aborts.</summary>
internal sealed class StopSignals : IDisposable
{
    /// <summary>What an aborted command has to clean up its terminal; one that hangs is not waited for longer.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(1);

    private static readonly CancellationTokenSource StopSource = new();
    private static readonly CancellationTokenSource AbortSource = new();

    private readonly Func<int> _printAborted;
    private readonly PosixSignalRegistration[] _registrations;
    private Timer? _end;

    /// <param name="printAborted">Prints that nothing more is waited for, and gives the exit code.</param>
    public StopSignals(Func<int> printAborted)
    {
        _printAborted = printAborted;
        _registrations = [Register(PosixSignal.SIGINT), Register(PosixSignal.SIGTERM)];
    }

    /// <summary>Finish what is on its way, save a checkpoint, leave.</summary>
    public static CancellationToken StopRequested => StopSource.Token;

    /// <summary>Leave at once; the last checkpoint stands.</summary>
    public static CancellationToken Aborted => AbortSource.Token;

    public void Dispose()
    {
        _end?.Dispose();
        foreach (var registration in _registrations)
        {
            registration.Dispose();
        }
    }

    private PosixSignalRegistration Register(PosixSignal signal) => PosixSignalRegistration.Create(signal, context =>
    {
        context.Cancel = true;
        if (StopSource.IsCancellationRequested)
        {
            _end ??= new Timer(_ => Environment.Exit(_printAborted()), null, Grace, Timeout.InfiniteTimeSpan);
            _ = AbortSource.CancelAsync();
        }

        // What waits for it goes on elsewhere: nothing may end the program from within a signal's handler, which its end waits for
        _ = StopSource.CancelAsync();
    });
}
