using System.CommandLine;
using System.CommandLine.Completions;
using System.Text.Json;
using MarketoLambda.Cli.Hosting;
using MarketoLambda.Sync.JobFiles;
using MarketoLambda.Sync.Settings;

namespace MarketoLambda.Cli.Arguments;

/// <summary>The name of a job on the command line. A shell that asks is told the names in the job file.</summary>
internal static class JobArgument
{
    private const string Name = "JOB";
    private const string Description = "Name of the job, as in the job file";

    private static readonly JsonDocumentOptions Json = new() { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip };

    public static Argument<string> Required()
    {
        Argument<string> job = new(Name) { Description = Description, HelpName = Name };
        job.CompletionSources.Add(NamesIn);
        return job;
    }

    /// <param name="otherwise">What happens without a name; empty where another word of the command says it.</param>
    public static Argument<string?> Optional(string otherwise)
    {
        Argument<string?> job = new(Name)
        {
            Description = Description + otherwise,
            HelpName = Name,
            Arity = ArgumentArity.ZeroOrOne,
        };
        job.CompletionSources.Add(NamesIn);
        return job;
    }

    /// <summary>None where there is no job file, or one with mistakes: a shell is told of no failure.</summary>
    private static IEnumerable<CompletionItem> NamesIn(CompletionContext context)
    {
        var path = LocalHostArguments.FindJobsPath(context.ParseResult);
        try
        {
            using var file = JsonDocument.Parse(JobFileText.Decode(File.ReadAllBytes(path), path), Json);
            return [.. file.RootElement.GetProperty("jobs").EnumerateObject().Select(job => new CompletionItem(job.Name))];
        }
        catch (Exception unreadable)
            when (unreadable is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException
                or JsonException or JobFileException or KeyNotFoundException or InvalidOperationException)
        {
            return [];
        }
    }
}
