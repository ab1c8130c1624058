using MarketoLambda.Cli.Output;
using MarketoLambda.Marketo.Errors;
using MarketoLambda.Sync.Alerts;
using MarketoLambda.Sync.Claims;
using MarketoLambda.Sync.Jobs;
using MarketoLambda.Sync.State;
using Microsoft.Extensions.Options;

namespace MarketoLambda.Cli.Hosting;

/// <summary>The one place where failures become a sentence and an exit code.</summary>
/// <param name="isJson">Programs read along: the failure is a JSON document on stdout too.</param>
internal sealed class Failures(bool isJson)
{
    public async Task<int> ToldInOneSentenceAsync(Func<Task<int>> command)
    {
        try
        {
            return await command();
        }
        catch (OperationCanceledException) when (StopSignals.StopRequested.IsCancellationRequested)
        {
            return ToldAborted();
        }
        catch (OptionsValidationException wrong)
        {
            return Told(ExitCode.WrongInput, [.. wrong.Failures]);
        }
        catch (JobFileException wrong)
        {
            return Told(ExitCode.WrongInput, wrong.Message);
        }
        catch (Exception wrong) when (wrong is WrongInputException or StateException or MarketoAuthorizationException)
        {
            return Told(ExitCode.WrongInput, wrong.Message);
        }
        catch (LeaseLostException lost)
        {
            return Told(ExitCode.MoreToDo, lost.Message);
        }
        catch (AlertNotSentException failure)
        {
            return Told(ExitCode.MarketoUnreachable, failure.Message);
        }
        catch (Exception wrong) when (wrong is IOException or UnauthorizedAccessException)
        {
            return Told(ExitCode.WrongInput, $"A file could not be read or written: {wrong.Message}");
        }
        catch (MarketoException failure)
        {
            return Told(ExitCodeOf(failure), failure.Message);
        }
    }

    /// <summary>What a call that failed as a whole means for a script.</summary>
    public static int ExitCodeOf(MarketoException failure) => failure switch
    {
        MarketoAuthorizationException => ExitCode.WrongInput,
        MarketoUnavailableException => ExitCode.MarketoUnreachable,
        _ => ExitCode.Failed,
    };

    /// <summary>The second Ctrl-C.</summary>
    public int ToldAborted()
    {
        Terminal.ShowCursor();
        return Told(ExitCode.Aborted, "Aborted; the last checkpoint stands.");
    }

    public int Told(int exitCode, params IReadOnlyList<string> sentences)
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
