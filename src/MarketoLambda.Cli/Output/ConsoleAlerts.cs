using MarketoLambda.Sync.Alerts;
using Spectre.Console;

namespace MarketoLambda.Cli.Output;

/// <summary>At a desk the person on call reads the terminal.</summary>
internal sealed class ConsoleAlerts : IAlertChannel
{
    public Task SendAsync(OutageAlert alert, CancellationToken cancellationToken)
    {
        Terminal.People.Write(new Panel(new Rows($"{alert.Subject}\n\n{alert.Text}".ReplaceLineEndings("\n").Split('\n').Select(line => Terminal.Indented(line)))) { Header = new PanelHeader(" Alert "), Border = BoxBorder.Rounded, BorderStyle = Style.Parse("red") });
        return Task.CompletedTask;
    }
}
