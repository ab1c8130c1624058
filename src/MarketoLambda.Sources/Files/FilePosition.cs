using System.Text.Json;
using MarketoLambda.Sync.State;

namespace MarketoLambda.Sources.Files;

/// <summary>Where the reading of a folder stands, as it is kept in <see cref="Checkpoint.Resume"/>.</summary>
/// <param name="Ledger">Which files are finished.</param>
/// <param name="SeenAt">When the folder was listed for this position; null where it never was.</param>
/// <param name="Unfinished">The file some rows of which are finished.</param>
internal sealed record FilePosition(FileLedger Ledger, DateTimeOffset? SeenAt, UnfinishedFile? Unfinished)
{
    private const int Version = 1;

    /// <summary>Reads a checkpoint. One that has only a file's name means that all files up to it are finished.</summary>
    /// <exception cref="Sync.Reading.SourceException">The position is in no form that this program writes.</exception>
    public static FilePosition Of(Checkpoint checkpoint)
    {
        if (checkpoint.Resume is null)
        {
            return new(new FileLedger(checkpoint.LastFileName, []), SeenAt: null, Unfinished: null);
        }

        return ResumeJson.Parse(checkpoint.Resume, Read);
    }

    /// <summary>The position as readable JSON, with the number of rows last.</summary>
    public string ToJson() => ResumeJson.Text(json =>
    {
        json.WriteNumber("v", Version);
        ResumeJson.WriteInstant(json, "seen", SeenAt);
        ResumeJson.WriteText(json, "floor", Ledger.Floor);
        WriteDone(json);
        if (Unfinished is not null)
        {
            json.WriteString("file", Unfinished.Name);
            json.WriteString("print", Unfinished.Print);
            ResumeJson.WriteInstant(json, "mark", Unfinished.Mark);
            json.WriteNumber("rows", Unfinished.Rows);
        }
    });

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
                case "seen": seen = ResumeJson.Instant(member.Value); break;
                case "floor": floor = ResumeJson.Text(member.Value); break;
                case "done": done = member.Value.EnumerateObject().ToDictionary(entry => entry.Name, entry => ResumeJson.Text(entry.Value)); break;
                case "file": file = ResumeJson.Text(member.Value); break;
                case "print": print = ResumeJson.Text(member.Value); break;
                case "mark": mark = ResumeJson.Instant(member.Value); break;
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

    private void WriteDone(Utf8JsonWriter json)
    {
        json.WriteStartObject("done");
        foreach (var (name, print) in Ledger.Done)
        {
            json.WriteString(name, print);
        }

        json.WriteEndObject();
    }
}

/// <summary>A file of which only the first rows are finished.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Print">Its fingerprint; with another one it is a new file, to be read from its beginning.</param>
/// <param name="Mark">The high-water mark as it was when the file began; rows are compared with it to the file's end.</param>
/// <param name="Rows">Rows that are finished, whether imported, rejected or skipped.</param>
internal sealed record UnfinishedFile(string Name, string Print, DateTimeOffset? Mark, long Rows);
