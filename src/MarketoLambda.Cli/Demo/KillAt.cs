using MarketoLambda.Cli.Output;
using MarketoLambda.Sync.Runs;

namespace MarketoLambda.Cli.Demo;

/// <summary>Pulls Marketo's plug when it holds a certain number of records.</summary>
internal sealed class KillAt(DemoMarketo marketo, int records)
{
    private bool _isDone;

    public IProgress<RunProgress> Watching(IProgress<RunProgress> progress) => new Watch(this, progress);

    private void IfDue()
    {
        if (_isDone || marketo.Count < records)
        {
            return;
        }

        _isDone = true;
        Terminal.Warning("  Marketo dies now.");
        _ = marketo.KillAsync();
    }

    private sealed class Watch(KillAt kill, IProgress<RunProgress> progress) : IProgress<RunProgress>
    {
        public void Report(RunProgress value)
        {
            progress.Report(value);
            kill.IfDue();
        }
    }
}
