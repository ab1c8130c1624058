using System.CommandLine;
using MarketoLambda.Cli.Arguments;
using MarketoLambda.Cli.Hosting;

namespace MarketoLambda.Cli.Commands.Rejects;

/// <summary><c>rejects dismiss JOB</c>: nothing is to come of these rejects.</summary>
internal static class DismissCommand
{
    public static Command Create()
    {
        LocalHostArguments local = new();
        RejectFilterOptions filter = new();
        var job = JobArgument.Required();
        var numbers = RejectsWork.Numbers("Which, by the numbers that \"rejects list\" shows");
        Option<bool> all = new("--all") { Description = "All that are open" };
        Option<string> file = new("--file") { Description = "All that are open from this file or table", HelpName = "NAME" };
        Command command = new("dismiss", "Let go of rejects: they are not tried again, and no longer count as open.")
        {
            job,
            numbers,
            all,
            file,
        };
        filter.AddTo(command);
        local.AddTo(command);
        command.Validators.Add(result =>
        {
            var given =
                (result.GetValue(numbers) is { Length: > 0 } ? 1 : 0)
                + (result.GetValue(all) ? 1 : 0)
                + (result.GetValue(file) is not null || filter.IsGiven(result) ? 1 : 0);
            if (given != 1)
            {
                result.AddError("Say which: numbers, or --all, or those that --file, --code, --field and --since name.");
            }
        });
        command.SetAction(
            (parsed, _) =>
                RejectsWork.DoAsync(
                    local,
                    parsed,
                    parsed.GetRequiredValue(job),
                    new RejectChoice(IsDismissal: true, filter.Read(parsed))
                    {
                        Numbers = parsed.GetValue(numbers) ?? [],
                        File = parsed.GetValue(file),
                    }));
        return command;
    }
}
