using MarketoLambda.Cli.Output;
using MarketoLambda.Marketo.Errors;
using MarketoLambda.Sync.Jobs;
using MarketoLambda.Sync.State;
using Microsoft.Extensions.Options;

namespace MarketoLambda.Cli.Hosting;

/// <summary>The one place where failures become a sentence and an exit code.</summary>
internal static class Failures
{
    public static async Task<int> ToldInOneSentenceAsync(Func<Task<int>> command)
    {
        try
        {
            return await command();
        }
        catch (OperationCanceledException) when (StopSignals.StopRequested.IsCancellationRequested)
        {
            Terminal.Error("Aborted; the last checkpoint stands.");
            return ExitCode.Aborted;
        }
        catch (OptionsValidationException wrong)
        {
            return Told(ExitCode.WrongInput, [.. wrong.Failures]);
        }
        catch (JobFileException wrong)
        {
            return Told(ExitCode.WrongInput, wrong.Message);
        }
        catch (Exception wrong) when (wrong is WrongInputException or StateException)
        {
            return Told(ExitCode.WrongInput, wrong.Message);
        }
        catch (Exception wrong) when (wrong is IOException or UnauthorizedAccessException)
        {
            return Told(ExitCode.WrongInput, $"A file could not be read or written: {wrong.Message}");
        }
        catch (MarketoException failure)
        {
            return Told(failure is MarketoUnavailableException ? ExitCode.MarketoUnreachable : ExitCode.Failed, failure.Message);
        }
    }

    private static int Told(int exitCode, params string[] sentences)
    {
        foreach (var sentence in sentences)
        {
            Terminal.Error(sentence);
        }

        return exitCode;
    }
}
