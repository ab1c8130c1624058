using System.CommandLine;
using MarketoLambda.Cli.Demo;
using MarketoLambda.Cli.Hosting;
using MarketoLambda.Cli.Output;
using MarketoLambda.Sync.Failures;

namespace MarketoLambda.Cli.Commands;

/// <summary><c>demo</c>: the whole story against an emulated Marketo, nothing to install and no account.</summary>
internal static class DemoCommand
{
    public static Command Create()
    {
        Option<string?> folder = new("--folder")
        {
            Description = "Keep the sample files and the job file there; without it they are deleted at the end",
            HelpName = "FOLDER",
        };
        Option<bool> leads = new("--leads")
        {
            Description = "People instead: one who is there twice, their company, and a record that arrives before its person",
        };
        Command command = new("demo", "See the whole story against an emulated Marketo: no account, nothing to install.")
        {
            folder,
            leads,
        };
        command.SetAction((parsed, _) => PrintAsync(parsed.GetValue(folder), parsed.GetValue(leads)));
        return command;
    }

    private static async Task<int> PrintAsync(string? folder, bool isOfLeads)
    {
        if (folder is not null && Directory.Exists(folder) && Directory.EnumerateFileSystemEntries(folder).Any())
        {
            throw new WrongInputException($"The folder {folder} is not empty. Name a new one with --folder, or leave it out.");
        }

        var place = folder ?? Directory.CreateTempSubdirectory("marketo-lambda-demo-").FullName;
        try
        {
            Directory.CreateDirectory(place);
            var holds = isOfLeads
                ? await new LeadStory(Path.GetFullPath(place)).PrintAsync(StopSignals.StopRequested)
                : await new DemoStory(Path.GetFullPath(place)).PrintAsync(StopSignals.StopRequested);
            Terminal.Line(
                folder is null ? "Try it with your own files: README, \"Your own files\"." : $"The files and jobs.json are in {folder}.");
            return holds ? ExitCode.Done : ExitCode.Failed;
        }
        finally
        {
            if (folder is null)
            {
                Directory.Delete(place, recursive: true);
            }
        }
    }
}
