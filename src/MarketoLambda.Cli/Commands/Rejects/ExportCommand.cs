using System.CommandLine;
using System.Text;
using MarketoLambda.Cli.Arguments;
using MarketoLambda.Cli.Hosting;
using MarketoLambda.Cli.Output;
using MarketoLambda.Sync.Failures;
using MarketoLambda.Sync.Jobs;
using MarketoLambda.Sync.Rejects;
using MarketoLambda.Sync.Wording;

namespace MarketoLambda.Cli.Commands.Rejects;

/// <summary><c>rejects export JOB FILE</c>: open rejects as a file to correct and to drop again.</summary>
internal static class ExportCommand
{
    public static Command Create()
    {
        LocalHostArguments local = new();
        RejectFilterOptions filter = new();
        var job = JobArgument.Required();
        Argument<string> file = new("FILE") { Description = "A new CSV file; it will hold field values" };
        Command command = new(
            "export",
            "Write open rejects to a CSV file, with all columns as they were and the reason, to correct them and drop the file into the "
                + "source."
        )
        {
            job,
            file,
        };
        filter.AddTo(command);
        local.AddTo(command);
        command.SetAction((parsed, _) => WriteAsync(
            local,
            parsed,
            (parsed.GetRequiredValue(job), parsed.GetRequiredValue(file)),
            filter.Read(parsed)));
        return command;
    }

    private static async Task<int> WriteAsync(
        LocalHostArguments arguments, ParseResult parsed, (string Job, string Path) asked, RejectFilter filter)
    {
        var (name, path) = asked;
        await using var local = arguments.Open(parsed);
        var job = local.FindJob(name);
        RejectsPlace.ThrowUnlessInMarketo(local, job.Name);
        if (Path.Exists(path))
        {
            throw new WrongInputException($"{path} is there already. Name a new file.");
        }

        if (Path.GetDirectoryName(Path.GetFullPath(path)) is { } folder && !Directory.Exists(folder))
        {
            throw new WrongInputException($"There is no folder {folder}. Create it, or name a file in another one.");
        }

        filter.ThrowUnlessIn(job);
        IReadOnlyList<RejectRow> open =
            [.. (await OpenRejects.ReadAsync(local, job.Name)).Where(row => filter.Includes(row, job))];
        RejectSheet sheet = new(job);
        List<string> lines = [.. open.OrderBy(row => row.Number).Select(sheet.LineOf).OfType<string>()];
        if (lines.Count > 0)
        {
            await File.WriteAllLinesAsync(
                path,
                lines.Prepend(sheet.Header),
                new UTF8Encoding(encoderShouldEmitUTF8Identifier: true),
                StopSignals.StopRequested);
        }

        Print(job, path, lines.Count, left: open.Count - lines.Count, filter);
        if (parsed.GetValue(arguments.Json))
        {
            JsonOutput.Write(new ExportReport(job.Name, path, lines.Count, open.Count - lines.Count));
        }

        return ExitCode.Done;
    }

    private static void Print(SyncJob job, string path, int written, int left, RejectFilter filter)
    {
        var isRead = job.Source.Shape is not null;
        Terminal.Good(
            written == 0
                ? $"{job.Name} has no open rejects{filter} that can be written."
                : $"{path}: {Quantity.Format(written, "reject")} of {job.Name}{filter}.");
        Terminal.Line(
            written == 0 ? "  No file was written."
            : !isRead ? "  Correct the records in the source: it reads no files."
            : "  Correct it, and drop it where the job's files are, under any name that fits the pattern. Leave the column \"Reject\" as "
                + "it is. Rows you take out stay as they are."
        );
        if (left > 0)
        {
            Terminal.Warning(
                $"  Not in it: {Quantity.Format(left, "reject")}: held, without a key, or with values too long to be kept. Correct "
                    + "such rows in the file they came from; if the job file was wrong, "
                    + $"\"marketo-lambda reset {job.Name}\" reads it again."
            );
        }
    }
}
