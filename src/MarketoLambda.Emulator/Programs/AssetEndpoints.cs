using System.Globalization;
using System.Text.Json;
using MarketoLambda.Emulator.Calls;
using MarketoLambda.Emulator.Http;

namespace MarketoLambda.Emulator.Programs;

/// <summary>Lists channels with their statuses, and programs with their channels.</summary>
/// <remarks>Source: Adobe, rest-api/channels and rest-api/programs.</remarks>
internal sealed class AssetEndpoints(ProgramBook book, Lock gate)
{
    private const int StandardReturn = 20;
    private const int MaxReturn = 200;

    public EmulatorResponse Channels(Call call) => Answer(call, Cut(call, book.Channels), Write);

    public EmulatorResponse ChannelByName(Call call) =>
        Answer(call, book.Channels.Where(channel => channel.Name == call.Query["name"]), Write);

    public EmulatorResponse Programs(Call call) => Answer(call, Cut(call, book.Programs), Write);

    public EmulatorResponse ProgramByName(Call call) =>
        Answer(call, book.Programs.Where(program => program.Name == call.Query["name"]), Write);

    public EmulatorResponse ProgramById(Call call) =>
        Answer<MarketoProgram>(call, book.Find(call.Route.Arguments[0]) is { } program ? [program] : [], Write);

    private static IEnumerable<T> Cut<T>(Call call, IEnumerable<T> all) =>
        all.Skip(Number(call, "offset", 0)).Take(Math.Min(Number(call, "maxReturn", StandardReturn), MaxReturn));

    private static int Number(Call call, string name, int otherwise) =>
        int.TryParse(call.Query[name], NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : otherwise;

    private EmulatorResponse Answer<T>(Call call, IEnumerable<T> found, Action<Utf8JsonWriter, T> write)
    {
        lock (gate)
        {
            var all = found.ToArray();
            return call.Envelope.Assets(json => Array.ForEach(all, asset => write(json, asset)));
        }
    }

    private static void Write(Utf8JsonWriter json, Channel channel)
    {
        json.WriteStartObject();
        json.WriteNumber("id"u8, channel.Id);
        json.WriteString("name"u8, channel.Name);
        json.WriteString("applicableProgramType"u8, "program"u8);
        json.WriteStartArray("progressionStatuses"u8);
        foreach (var status in channel.Statuses)
        {
            json.WriteStartObject();
            json.WriteString("name"u8, status.Name);
            json.WriteNumber("step"u8, status.Step);
            json.WriteNull("description"u8);
            json.WriteBoolean("hidden"u8, value: false);
            json.WriteBoolean("success"u8, status.IsSuccess);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        WriteTimes(json, channel.CreatedAt);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, MarketoProgram program)
    {
        json.WriteStartObject();
        json.WriteNumber("id"u8, program.Id);
        json.WriteString("name"u8, program.Name);
        json.WriteString("description"u8, ""u8);
        WriteTimes(json, program.CreatedAt);
        json.WriteString("type"u8, "Default"u8);
        json.WriteString("channel"u8, program.Channel.Name);
        json.WriteString("status"u8, ""u8);
        json.WriteString("workspace"u8, "Default"u8);
        json.WriteBoolean("headStart"u8, value: false);
        json.WriteEndObject();
    }

    private static void WriteTimes(Utf8JsonWriter json, DateTimeOffset time)
    {
        var text = time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z+0000'", CultureInfo.InvariantCulture);
        json.WriteString("createdAt"u8, text);
        json.WriteString("updatedAt"u8, text);
    }
}
