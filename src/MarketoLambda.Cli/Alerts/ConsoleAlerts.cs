using MarketoLambda.Cli.Output;
using MarketoLambda.Sync.Outages;
using Spectre.Console;

namespace MarketoLambda.Cli.Alerts;

/// <summary>On a workstation the person on call reads the terminal.</summary>
internal sealed class ConsoleAlerts : IAlertChannel
{
    public Task SendAsync(OutageAlert alert, CancellationToken cancellationToken)
    {
        var (header, colour) = alert.IsOver ? (" Recovered ", "green") : (" Alert ", "red");
        Terminal.People.Write(
            new Panel(new Rows($"{alert.Subject}\n\n{alert.Text}".Split('\n').Select(line => Terminal.Indented(StartedAs.In(line)))))
            {
                Header = new PanelHeader(header),
                Border = BoxBorder.Rounded,
                BorderStyle = Style.Parse(colour),
            }
        );
        return Task.CompletedTask;
    }
}
