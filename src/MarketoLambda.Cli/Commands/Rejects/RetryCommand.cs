using System.CommandLine;
using MarketoLambda.Cli.Arguments;
using MarketoLambda.Cli.Hosting;
using MarketoLambda.Cli.Previews;

namespace MarketoLambda.Cli.Commands.Rejects;

/// <summary><c>rejects retry JOB</c>: sends again what was refused, and nothing new.</summary>
internal static class RetryCommand
{
    public static Command Create()
    {
        LocalHostArguments local = new();
        RejectFilterOptions filter = new();
        var job = JobArgument.Required();
        var numbers = RejectsWork.Numbers(
            "Only these, also where they are held because what may be a newer version was sent; else all but those");
        var dryRun = DryRuns.Option();
        Command command = new(
            "retry",
            "Try open rejects of a job again, with the mapping as it is now. Without numbers it never overwrites a newer version.")
        {
            job,
            numbers,
            dryRun,
        };
        filter.AddTo(command);
        local.AddTo(command);
        command.Validators.Add(result =>
        {
            if (result.GetValue(numbers) is { Length: > 0 } && filter.IsGiven(result))
            {
                result.AddError("Say which: numbers, or --code, --field and --since.");
            }
        });
        command.SetAction(
            (parsed, _) =>
            {
                RejectChoice choice = new(IsDismissal: false, filter.Read(parsed)) { Numbers = parsed.GetValue(numbers) ?? [] };
                return parsed.GetValue(dryRun)
                    ? RejectsWork.PreviewAsync(local, parsed, parsed.GetRequiredValue(job), choice)
                    : RejectsWork.DoAsync(local, parsed, parsed.GetRequiredValue(job), choice);
            });
        return command;
    }
}
