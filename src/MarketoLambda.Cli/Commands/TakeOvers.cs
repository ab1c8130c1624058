using MarketoLambda.Cli.Hosting;
using MarketoLambda.Cli.Output;
using MarketoLambda.Sync.Leases;
using MarketoLambda.Sync.State;
using MarketoLambda.Sync.Wording;

namespace MarketoLambda.Cli.Commands;

/// <summary><c>--take-over</c>: ends the lease of a dead run.</summary>
internal static class TakeOvers
{
    /// <exception cref="WrongInputException">The run lives.</exception>
    public static async Task EndAsync(LocalHost local, string job)
    {
        var state = await local.Get<StateStore>().ReadAsync(job, StopSignals.StopRequested);
        switch (await local.Get<RunLeases>().TakeOverAsync(state, taking => Terminal.Warning(Text(job, taking)), StopSignals.StopRequested))
        {
            case TakeOverResult.NobodyAtWork:
                Terminal.Line($"{job}: no other run is at work; there is nothing to take over.");
                break;
            case TakeOverResult.Alive(var run, var processId):
                throw new WrongInputException(
                    $"{job}: run {run.Number}, which began at {ShownTime.Here.Full(run.CreatedAt)}, is not dead: it is process {processId} "
                        + "on this computer. Let it end, or stop it first, by Ctrl-C where it was started.");
        }
    }

    private static string Text(string job, TakeOver taking)
    {
        var who = $"{job}: taking over from run {taking.Run.Number}, which began at {ShownTime.Here.Full(taking.Run.CreatedAt)}";
        var seconds = Quantity.Format((long)Math.Ceiling(taking.Wait.TotalSeconds), "second");
        return taking switch
        {
            { Dead: null } => $"{who}. Waiting {seconds}, until Marketo is done with whatever it had sent.",
            { Dead.ProcessId: var process, Wait.Ticks: 0 } =>
                $"{who}: its process {process} on this computer is gone, and Marketo is done with whatever it had sent.",
            { Dead.ProcessId: var process } =>
                $"{who}: its process {process} on this computer is gone. Waiting {seconds}, until Marketo is done with whatever it had "
                    + "sent.",
        };
    }
}
