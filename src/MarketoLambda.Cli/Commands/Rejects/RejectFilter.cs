using System.CommandLine;
using MarketoLambda.Cli.Arguments;
using MarketoLambda.Cli.Hosting;
using MarketoLambda.Sync.Jobs;
using MarketoLambda.Sync.Rejects;

namespace MarketoLambda.Cli.Commands.Rejects;

/// <summary>Which rejects somebody means: by code, by field, by when they were refused last.</summary>
/// <param name="Code">Marketo's code or a name of ours, in any casing; null for any.</param>
/// <param name="Field">A field of the job, in any casing; null for any.</param>
/// <param name="Since">Refused last at this time or later; null for any.</param>
internal sealed record RejectFilter(string? Code, string? Field, DateTimeOffset? Since)
{
    /// <summary>Everything is meant.</summary>
    public bool IsEmpty => Code is null && Field is null && Since is null;

    /// <summary>A field that the job does not have was mistyped.</summary>
    /// <exception cref="WrongInputException">The job has no such field.</exception>
    public void ThrowUnlessIn(SyncJob job)
    {
        if (Field is { } name && !job.Fields.Any(field => field.Field.Equals(name, StringComparison.OrdinalIgnoreCase)))
        {
            var hint = Sync.Wording.NearName.Hint(name, job.Fields.Select(field => field.Field), mark: "");
            throw new WrongInputException($"{job.Name} has no field {name}{hint}.");
        }
    }

    public bool Includes(RejectRow row, SyncJob job) =>
        (Code is null || row.Code.Split('+').Append(row.Code).Contains(Code, StringComparer.OrdinalIgnoreCase))
        && (Field is null || RejectedField.Find(row, job)?.Name.Equals(Field, StringComparison.OrdinalIgnoreCase) is true)
        && (Since is null || row.LastSeenAt >= Since);

    /// <summary>For sentences, such as <c> with code wrong-type</c>; empty where everything is meant.</summary>
    public override string ToString() =>
        (Code is null ? "" : $" with the code {Code}")
        + (Field is null ? "" : $" for the field {Field}")
        + (Since is null ? "" : $" since {Since:u}");
}

/// <summary>The options of a filter, the same for every command that has it.</summary>
internal sealed class RejectFilterOptions
{
    private readonly Option<string?> _code = new("--code") { Description = "Only those with this code", HelpName = "CODE" };
    private readonly Option<string?> _field = new("--field") { Description = "Only those about this field", HelpName = "FIELD" };
    private readonly Option<DateTimeOffset?> _since = PointInTime.Optional("--since", "Only those refused last at this time or later");

    public void AddTo(Command command)
    {
        command.Options.Add(_code);
        command.Options.Add(_field);
        command.Options.Add(_since);
    }

    public RejectFilter Read(ParseResult parsed) => new(parsed.GetValue(_code), parsed.GetValue(_field), parsed.GetValue(_since));

    /// <summary>Something is given.</summary>
    public bool IsGiven(System.CommandLine.Parsing.CommandResult result) =>
        result.GetValue(_code) is not null || result.GetValue(_field) is not null || result.GetResult(_since) is { Tokens.Count: > 0 };
}
