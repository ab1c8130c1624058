using System.CommandLine;
using System.Runtime.InteropServices;
using MarketoLambda.Cli.Doctor;
using MarketoLambda.Cli.Hosting;
using MarketoLambda.Cli.Output;
using MarketoLambda.Sync.Failures;

namespace MarketoLambda.Cli.Commands;

/// <summary><c>doctor</c>: what is wrong, from the address to the mail server, each with its remedy.</summary>
internal static class DoctorCommand
{
    public static Command Create()
    {
        LocalHostArguments local = new();
        Command command = new(
            "doctor",
            "Look at everything a run needs, and say of each thing how it is and what to do. Changes nothing; safe to send to support.");
        local.AddTo(command);
        command.SetAction((parsed, _) => ExamineAsync(local, parsed));
        return command;
    }

    private static async Task<int> ExamineAsync(LocalHostArguments arguments, ParseResult parsed)
    {
        var settings = arguments.ReadSettings(parsed);
        Findings findings = new(new SafeText(settings), FindingText.Write);
        findings.Good("Program", $"marketo-lambda {ProductVersion.Text} on {RuntimeInformation.RuntimeIdentifier}");
        await new Examination(arguments.JobsPath(parsed), settings, new NetworkAccess(), TimeProvider.System, findings)
            .RunAsync(StopSignals.StopRequested);
        FindingText.WriteSum(findings.All);
        if (parsed.GetValue(arguments.Json))
        {
            JsonOutput.Write(
                new DoctorReport(findings.All) { Outcome = ExitCode.NameOf(findings.ExitCode), Version = ProductVersion.Text });
        }

        return findings.ExitCode;
    }
}
