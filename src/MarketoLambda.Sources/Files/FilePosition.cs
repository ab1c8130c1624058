using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using MarketoLambda.Sync.Reading;
using MarketoLambda.Sync.State;

namespace MarketoLambda.Sources.Files;

/// <summary>Where the reading of a folder stands, as it is kept in <see cref="Checkpoint.Resume"/>.</summary>
/// <param name="Ledger">Which files are finished.</param>
/// <param name="SeenAt">When the folder was listed for this position; null where it never was.</param>
/// <param name="Unfinished">The file some rows of which are finished.</param>
internal sealed record FilePosition(FileLedger Ledger, DateTimeOffset? SeenAt, UnfinishedFile? Unfinished)
{
    private const int Version = 1;

    private static readonly JsonWriterOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Reads a checkpoint. One that has only a file's name means that all files up to it are finished.</summary>
    /// <exception cref="SourceException">The position is in no form that this program writes.</exception>
    public static FilePosition Of(Checkpoint checkpoint)
    {
        if (checkpoint.Resume is null)
        {
            return new(new FileLedger(checkpoint.LastFileName, []), SeenAt: null, Unfinished: null);
        }

        try
        {
            using var json = JsonDocument.Parse(checkpoint.Resume);
            return Read(json.RootElement);
        }
        catch (Exception mistake) when (mistake is JsonException or FormatException or InvalidOperationException or ArgumentException)
        {
            throw new SourceException(
                "The stored resume position is not one this program understands: a newer version wrote it, or it was changed by hand. "
                + "Restore it, or reset the job; nothing was read");
        }
    }

    /// <summary>The position as readable JSON, with the number of rows last.</summary>
    public string ToJson()
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, Readable))
        {
            json.WriteStartObject();
            json.WriteNumber("v", Version);
            WriteInstant(json, "seen", SeenAt);
            WriteText(json, "floor", Ledger.Floor);
            WriteDone(json);
            if (Unfinished is not null)
            {
                json.WriteString("file", Unfinished.Name);
                json.WriteString("print", Unfinished.Print);
                WriteInstant(json, "mark", Unfinished.Mark);
                json.WriteNumber("rows", Unfinished.Rows);
            }

            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.GetBuffer(), 0, (int)stream.Length);
    }

    private static FilePosition Read(JsonElement json)
    {
        string? floor = null, file = null, print = null;
        DateTimeOffset? seen = null, mark = null;
        long? version = null, rows = null;
        Dictionary<string, string> done = [];
        foreach (var member in json.EnumerateObject())
        {
            switch (member.Name)
            {
                case "v": version = member.Value.GetInt64(); break;
                case "seen": seen = Instant(member.Value); break;
                case "floor": floor = Text(member.Value); break;
                case "done": done = member.Value.EnumerateObject().ToDictionary(entry => entry.Name, entry => Text(entry.Value)); break;
                case "file": file = Text(member.Value); break;
                case "print": print = Text(member.Value); break;
                case "mark": mark = Instant(member.Value); break;
                case "rows": rows = member.Value.GetInt64(); break;
                default: throw new FormatException("unknown member");
            }
        }

        if (version != Version || rows < 0)
        {
            throw new FormatException("unknown version, or a count below zero");
        }

        var unfinished = (file, print, rows) switch
        {
            (null, null, null) => null,
            ({ } name, { } fingerprint, { } count) => new UnfinishedFile(name, fingerprint, mark, count),
            _ => throw new FormatException("half a position in a file"),
        };
        return new(new FileLedger(floor, done), seen, unfinished);
    }

    private static string Text(JsonElement value) => value.GetString() ?? throw new FormatException("null where text must be");

    private static DateTimeOffset Instant(JsonElement value) => value.GetDateTimeOffset().ToUniversalTime();

    private void WriteDone(Utf8JsonWriter json)
    {
        json.WriteStartObject("done");
        foreach (var (name, print) in Ledger.Done)
        {
            json.WriteString(name, print);
        }

        json.WriteEndObject();
    }

    private static void WriteText(Utf8JsonWriter json, string name, string? text)
    {
        if (text is not null)
        {
            json.WriteString(name, text);
        }
    }

    private static void WriteInstant(Utf8JsonWriter json, string name, DateTimeOffset? instant) =>
        WriteText(json, name, instant?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture));
}

/// <summary>A file of which only the first rows are finished.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Print">Its fingerprint; with another one it is a new file, to be read from its beginning.</param>
/// <param name="Mark">The high-water mark as it was when the file began; rows are compared with it to the file's end.</param>
/// <param name="Rows">Rows that are finished, whether imported, rejected or skipped.</param>
internal sealed record UnfinishedFile(string Name, string Print, DateTimeOffset? Mark, long Rows);
