using MarketoLambda.Emulator.Programs;
using MarketoLambda.Emulator.Schema;

namespace MarketoLambda.Emulator;

/// <content>Channels, programs and fields of their members that a test sets up without a call.</content>
public sealed partial class MarketoEmulator
{
    /// <summary>A channel; <c>Not in Program</c> is among its statuses in any case.</summary>
    /// <param name="statuses">What members may be given.</param>
    /// <exception cref="InvalidOperationException">There is a channel of this name.</exception>
    public void AddChannel(string name, params IReadOnlyList<ChannelStatus> statuses)
    {
        lock (_subscription.Gate)
        {
            _subscription.Programs.AddChannel(name, statuses, _time.GetUtcNow());
        }
    }

    /// <summary>A program. Its members are <c>Records("programMember")</c>; the key of one is the lead and the program.</summary>
    /// <exception cref="InvalidOperationException">There is one with this id or name, or no such channel.</exception>
    public void AddProgram(int id, string name, string channel)
    {
        lock (_subscription.Gate)
        {
            _subscription.Programs.AddProgram(id, name, channel, _time.GetUtcNow());
        }
    }

    /// <summary>A custom field of members of programs; it is usable at once.</summary>
    /// <exception cref="InvalidOperationException">There is a field of this name, or there are twenty.</exception>
    public void DefineProgramMemberField(FieldDefinition field)
    {
        lock (_subscription.Gate)
        {
            var type = _subscription.Catalog.Standard(ProgramMember.Name);
            if (type.Newest.Fields.Length - ProgramMember.Object.Schema.Fields.Length >= ProgramMember.MaxCustomFields)
            {
                throw new InvalidOperationException($"Members have {ProgramMember.MaxCustomFields} custom fields at most");
            }

        }

        AddStandardField(
            ProgramMember.Name,
            field with { IsSearchable = field.DataType is FieldDataTypes.String or FieldDataTypes.Integer, IsDedupeField = false });
    }
}
