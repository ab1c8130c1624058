using System.Globalization;

namespace MarketoLambda.Emulator.Programs;

/// <summary>The channels and programs of the subscription. Guarded by the subscription's gate.</summary>
internal sealed class ProgramBook
{
    private readonly List<Channel> _channels = [];
    private readonly List<MarketoProgram> _programs = [];

    public IReadOnlyList<Channel> Channels => _channels;

    public IReadOnlyList<MarketoProgram> Programs => _programs;

    public void AddChannel(string name, IReadOnlyList<ChannelStatus> statuses, DateTimeOffset now)
    {
        if (_channels.Exists(channel => channel.Name == name))
        {
            throw new InvalidOperationException($"There is a channel {name} already");
        }

        _channels.Add(new Channel(_channels.Count + 1, name, [Channel.NotInProgram, .. statuses], now));
    }

    public void AddProgram(int id, string name, string channel, DateTimeOffset now)
    {
        if (_programs.Exists(program => program.Id == id || program.Name == name))
        {
            throw new InvalidOperationException($"There is a program {id} or {name} already");
        }

        var found = _channels.Find(candidate => candidate.Name == channel);
        _programs.Add(new MarketoProgram(id, name, found ?? throw new InvalidOperationException($"There is no channel {channel}"), now));
    }

    /// <summary>Null where there is none with this id.</summary>
    public MarketoProgram? Find(string id) => _programs.Find(program => program.Id.ToString(CultureInfo.InvariantCulture) == id);
}

/// <summary>A kind of program, with the statuses of its members.</summary>
internal sealed record Channel(int Id, string Name, IReadOnlyList<ChannelStatus> Statuses, DateTimeOffset CreatedAt)
{
    /// <summary>Every channel has it, and no member.</summary>
    public static readonly ChannelStatus NotInProgram = new("Not in Program", Step: 0);

    /// <summary>The status that a member may be given; null where there is none of this name.</summary>
    public ChannelStatus? Find(string name) => Statuses.FirstOrDefault(status => status.Name == name && status != NotInProgram);
}

/// <summary>A program of marketing activities.</summary>
internal sealed record MarketoProgram(int Id, string Name, Channel Channel, DateTimeOffset CreatedAt);
