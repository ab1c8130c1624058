using MarketoLambda.Sync.Settings;
using MarketoLambda.Sync.Targets.Leads;

namespace MarketoLambda.Sync.Targets.Programs;

/// <summary>Targets of type <c>programMember</c>.</summary>
internal sealed class ProgramMemberTargetType : ITargetType
{
    private static readonly Setting Program =
        new Setting("program", "Id of the program: the number in its address in Marketo.", PersonSettings.IdSchema()).Required();

    private static readonly Setting Status =
        Setting.Text(
            "status",
            "The status that all members get, as the program's channel calls it. Default: what the field statusName of each record says.",
            null,
            "Attended");

    public string Name => "programMember";

    public string Description => "Members of a program with their status, by e-mail address or leadId; the people must exist.";

    public IReadOnlyList<Setting> Settings { get; } = [Program, PersonSettings.LookupField, Status];

    public ITarget Read(JobSection section, string job) =>
        new ProgramMemberTarget(
            PersonSettings.ReadId(section, Program),
            PersonSettings.ReadLookupField(section),
            section.OptionalText(Status.Name));
}
