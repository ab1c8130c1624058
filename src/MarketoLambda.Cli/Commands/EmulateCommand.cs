using System.CommandLine;
using MarketoLambda.Cli.Demo;
using MarketoLambda.Cli.Hosting;
using MarketoLambda.Cli.Output;
using MarketoLambda.Emulator;
using MarketoLambda.Emulator.Http;
using MarketoLambda.Emulator.Settings;
using MarketoLambda.Sync.Failures;

namespace MarketoLambda.Cli.Commands;

/// <summary><c>emulate</c>: a Marketo for your workstation.</summary>
internal static class EmulateCommand
{
    public static Command Create()
    {
        Option<int> port = new("--port")
        {
            Description = "Port on 127.0.0.1; 0 takes any free one",
            HelpName = "P",
            DefaultValueFactory = _ => 0,
        };
        Option<string> clientId = new("--client-id")
        {
            Description = "Client id it accepts",
            HelpName = "ID",
            DefaultValueFactory = _ => "emulator",
        };
        Option<string> clientSecret = new("--client-secret")
        {
            Description = "Client secret it accepts",
            HelpName = "SECRET",
            DefaultValueFactory = _ => "secret",
        };
        Command command = new("emulate", "Serve an emulator of Marketo until stopped. The first line on stdout is its address.")
        {
            port,
            clientId,
            clientSecret,
        };
        port.Validators.Add(result =>
        {
            if (result.Tokens is [var given] && int.TryParse(given.Value, out var number) && number is < 0 or > 65535)
            {
                result.AddError("--port must be from 0 to 65535.");
            }
        });
        command.SetAction(
            (parsed, _) =>
                ServeAsync(parsed.GetValue(port), parsed.GetRequiredValue(clientId), parsed.GetRequiredValue(clientSecret)));
        return command;
    }

    private static async Task<int> ServeAsync(int port, string clientId, string clientSecret)
    {
        EmulatorOptions options = new();
        options.Services[0].ClientId = clientId;
        options.Services[0].ClientSecret = clientSecret;
        MarketoEmulator emulator = new(options, TimeProvider.System, DemoObject.DefineIn);
        await using var server = await ListenAsync(emulator, port);
        Console.Out.WriteLine(server.Address.ToString().TrimEnd('/'));
        Console.Out.Flush();
        Terminal.Line(
            $"Marketo is emulated at the address above, with one object to import into: {DemoObject.ApiName}. What it holds and answered: "
                + "/_emulator. Ctrl-C stops it."
        );
        TaskCompletionSource stopped = new();
        using var registration = StopSignals.StopRequested.Register(() => stopped.TrySetResult());
        await stopped.Task;
        return ExitCode.Done;
    }

    private static async Task<EmulatorServer> ListenAsync(MarketoEmulator emulator, int port)
    {
        try
        {
            return await emulator.ListenAsync(port, CancellationToken.None);
        }
        catch (IOException)
        {
            throw new WrongInputException($"Port {port} is taken by another program. Choose another with --port, or 0 for any free one.");
        }
    }
}
