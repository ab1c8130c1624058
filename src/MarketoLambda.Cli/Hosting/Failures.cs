using System.CommandLine;
using MarketoLambda.Cli.Output;
using MarketoLambda.Marketo.Errors;
using MarketoLambda.Sync.Failures;
using MarketoLambda.Sync.Leases;
using MarketoLambda.Sync.Settings;
using MarketoLambda.Sync.State.Tables;
using Microsoft.Extensions.Options;

namespace MarketoLambda.Cli.Hosting;

/// <summary>The one place where failures become a sentence and an exit code.</summary>
/// <param name="isJson">Programs read along: the failure is a JSON document on stdout too.</param>
/// <param name="isDebug">Whoever looks for a mistake of the program wants to know where it was.</param>
internal sealed class Failures(bool isJson, bool isDebug)
{
    /// <summary>Prints where the program failed, for whoever reports or mends it.</summary>
    public static Option<bool> Debug { get; } = new("--debug")
    {
        Description = "Print where the program failed, if it fails unexpectedly",
        Recursive = true,
    };

    public async Task<int> PrintFailuresAsync(Func<Task<int>> command)
    {
        try
        {
            return await command();
        }
        catch (OperationCanceledException) when (StopSignals.StopRequested.IsCancellationRequested)
        {
            return PrintAborted();
        }
        catch (OptionsValidationException wrong)
        {
            return Print(ExitCode.WrongInput, [.. wrong.Failures]);
        }
        catch (Exception wrong) when (wrong is JobFileException or WrongInputException)
        {
            return Print(ExitCode.WrongInput, wrong.Message);
        }
        catch (UnauthorizedAccessException wrong)
        {
            return Print(
                ExitCode.WrongInput,
                $"{Refused(wrong)} may not be read or written by this program: give its user the right to, or name another file or folder."
            );
        }
        catch (IOException wrong)
        {
            return Print(ExitCode.WrongInput, $"A file could not be read or written: {wrong.Message}");
        }
        catch (Exception failure) when (failure is MarketoException or StateException or LeaseLostException or AlertNotSentException)
        {
            return Print(ExitCodeOf(failure), $"{failure.Message.TrimEnd('.')}.");
        }
#pragma warning disable CA1031 // the last resort: nothing ends in a stack trace that nobody asked for
        catch (Exception unexpected)
#pragma warning restore CA1031
        {
            return PrintUnexpected(unexpected);
        }
    }

    /// <summary>Waiting does not help: what somebody typed, or what Marketo's administrator set, is wrong.</summary>
    public static bool IsForAPerson(MarketoException failure) =>
        failure is MarketoAuthorizationException or MarketoUnavailableException { IsAddressWrong: true };

    /// <summary>At a desk an address that leads to no Marketo was mistyped; where nobody sits, the network may be down.</summary>
    public static int ExitCodeOf(Exception failure) =>
        failure is MarketoException marketo && IsForAPerson(marketo) ? ExitCode.WrongInput : FailureRule.Find(failure).ExitCode;

    // .NET names the path between quotation marks, and nowhere else.
    private static string Refused(UnauthorizedAccessException wrong) =>
        wrong.Message.Split('\'') is { Length: >= 3 } parts ? string.Join('\'', parts[1..^1]) : "A file or folder";

    /// <summary>A mistake of the program: its message may quote a value, so it is printed only for whoever asks for it.</summary>
    public int PrintUnexpected(object unexpected)
    {
        Terminal.ShowCursor();
        if (isDebug)
        {
            Terminal.Line($"{unexpected}");
        }

        return Print(
            ExitCode.Failed,
            $"This is a mistake of the program ({unexpected.GetType().Name}), not yours; a run goes on at its last checkpoint. "
            + (isDebug ? "" : "Start it again with --debug to see where it is. ")
            + "Please report it as an issue of the repository that the program is from, with the command, its version and what --debug "
            + "printed, without people's data.");
    }

    /// <summary>The second Ctrl-C.</summary>
    public int PrintAborted()
    {
        Terminal.ShowCursor();
        return Print(ExitCode.Aborted, "Aborted; the last checkpoint stands. If a run was at work, begin the next with --take-over.");
    }

    public int Print(int exitCode, params IReadOnlyList<string> sentences)
    {
        foreach (var sentence in sentences)
        {
            Terminal.Error(sentence);
        }

        if (isJson)
        {
            JsonOutput.Write(new CommandFailure(ExitCode.NameOf(exitCode), exitCode, string.Join('\n', sentences)));
        }

        return exitCode;
    }
}
