using System.Globalization;
using System.Text;
using System.Text.Json;
using MarketoLambda.Sources.Json;
using MarketoLambda.Sync.Sources;

namespace MarketoLambda.Sources.Files;

/// <summary>Where the reading of a folder stands, as it is kept in <see cref="Checkpoint.Resume"/>.</summary>
/// <param name="Imported">Which files are finished.</param>
/// <param name="Unfinished">The file some rows of which are finished.</param>
internal sealed record FilePosition(ImportedFiles Imported, UnfinishedFile? Unfinished)
{
    /// <summary>Room that a position needs at least, where names are short.</summary>
    public const int MinCapacity = 400;

    /// <summary>Above every name.</summary>
    public const string AllNames = "\uFFFF";

    private const int Version = 2;
    private const int OldVersion = 1;
    private const int MaxNameBytes = 240;

    /// <summary>Reads a checkpoint. One that has only a file's name says that files are finished, but not which.</summary>
    /// <exception cref="Sync.Sources.SourceException">The position is in no form that this program writes.</exception>
    public static FilePosition Parse(Checkpoint checkpoint)
    {
        if (checkpoint.Resume is not null)
        {
            return ResumeJson.Parse(checkpoint.Resume, Read);
        }

        return new(
            new ImportedFiles([]) { Last = checkpoint.LastFileName, Unproven = checkpoint.LastFileName is null ? null : AllNames },
            Unfinished: null);
    }

    /// <summary>The name, or where it is too long a shorter text above it.</summary>
    public static string Bound(string name) => IsShort(name) ? name : Shortened(name) + "\uFFFD";

    /// <summary>The position as readable JSON, with the number of rows last.</summary>
    public string ToJson() => ResumeJson.Text(json =>
    {
        json.WriteNumber("v", Version);
        ResumeJson.WriteText(json, "last", Imported.Last);
        ResumeJson.WriteText(json, "gone", Imported.Gone);
        ResumeJson.WriteInstant(json, "at", Imported.FinishedAt);
        if (Imported.Waiting is { } waiting)
        {
            json.WriteString("waits", waiting.Name.ToString("x16", CultureInfo.InvariantCulture));
            ResumeJson.WriteInstant(json, "since", waiting.Since);
        }

        if (Imported.History.Count > 0)
        {
            json.WriteNumber("listed", Imported.Listed.Count);
            WriteSum(json, "sum", Imported.Listed.Sum);
            json.WriteNumber("history", Imported.History.Count);
            json.WriteNumber("page", Imported.History.PerPage);
            WriteSum(json, "check", Imported.History.Sum);
        }

        json.WriteString("recent", FinishedFile.ToText(Imported.Recent));
        if (Unfinished is not null)
        {
            json.WriteString("file", IsShort(Unfinished.Name) ? Unfinished.Name : Shortened(Unfinished.Name) + "…");
            json.WriteString("id", FinishedFile.ToText([Unfinished.Id]));
            ResumeJson.WriteInstant(json, "mark", Unfinished.Mark);
            json.WriteNumber("rows", Unfinished.Rows);
        }
    });

    private static FilePosition Read(JsonElement json) => (json.TryGetProperty("v", out var version) ? version.GetInt32() : 0) switch
    {
        Version => ReadNew(json),
        OldVersion => ReadOld(json),
        _ => throw new FormatException("unknown version"),
    };

    private static FilePosition ReadNew(JsonElement json)
    {
        string? last = null, gone = null, file = null;
        IReadOnlyList<FinishedFile>? recent = null;
        IReadOnlyList<FinishedFile> id = [];
        long listed = 0, history = 0;
        var page = 0;
        UInt128 sum = 0, check = 0;
        DateTimeOffset? mark = null, at = null, since = null;
        ulong waits = 0;
        long? rows = null;
        foreach (var member in json.EnumerateObject())
        {
            switch (member.Name)
            {
                case "v": break;
                case "last": last = ResumeJson.Text(member.Value); break;
                case "gone": gone = ResumeJson.Text(member.Value); break;
                case "at": at = ResumeJson.Instant(member.Value); break;
                case "waits": waits = ReadHash(member.Value); break;
                case "since": since = ResumeJson.Instant(member.Value); break;
                case "listed": listed = member.Value.GetInt64(); break;
                case "sum": sum = ReadSum(member.Value); break;
                case "history": history = member.Value.GetInt64(); break;
                case "page": page = member.Value.GetInt32(); break;
                case "check": check = ReadSum(member.Value); break;
                case "recent": recent = FinishedFile.Parse(ResumeJson.Text(member.Value)); break;
                case "file": file = ResumeJson.Text(member.Value); break;
                case "id": id = FinishedFile.Parse(ResumeJson.Text(member.Value)); break;
                case "mark": mark = ResumeJson.Instant(member.Value); break;
                case "rows": rows = member.Value.GetInt64(); break;
                default: throw new FormatException("unknown member");
            }
        }

        if (rows < 0 || listed < 0 || history < 0 || page < 0 || (history > 0 && page == 0))
        {
            throw new FormatException("a count below zero");
        }

        var unfinished = (file, id, rows) switch
        {
            (null, [], null) => null,
            ({ } name, [var one], { } count) => new UnfinishedFile(name, one, mark, count),
            _ => throw new FormatException("half a position in a file"),
        };
        return new(
            new ImportedFiles(recent ?? throw new FormatException("no files"))
            {
                Last = last,
                Gone = gone,
                FinishedAt = at,
                Waiting = since is { } first ? new WaitingFile(waits, first) : null,
                Listed = new FileSum(listed, sum),
                History = new HistoryEnd(history, page, check),
            },
            unfinished);
    }

    // Of files up to the floor it kept nothing; of those above, size and edges.
    private static FilePosition ReadOld(JsonElement json)
    {
        string? floor = null, file = null, fingerprint = null;
        DateTimeOffset? mark = null;
        long? rows = null;
        Dictionary<string, string> done = [];
        foreach (var member in json.EnumerateObject())
        {
            switch (member.Name)
            {
                case "v":
                    break;
                case "seen":
                    _ = ResumeJson.Instant(member.Value);
                    break;
                case "floor":
                    floor = ResumeJson.Text(member.Value);
                    break;
                case "done":
                    done = member.Value.EnumerateObject().ToDictionary(entry => entry.Name, entry => ResumeJson.Text(entry.Value));
                    break;
                case "file":
                    file = ResumeJson.Text(member.Value);
                    break;
                case "print":
                    fingerprint = ResumeJson.Text(member.Value);
                    break;
                case "mark":
                    mark = ResumeJson.Instant(member.Value);
                    break;
                case "rows":
                    rows = member.Value.GetInt64();
                    break;
                default:
                    throw new FormatException("unknown member");
            }
        }

        var unfinished = (file, fingerprint, rows) switch
        {
            (null, null, null) => null,
            ({ } name, { } edges, >= 0 and { } count) => new UnfinishedFile(name, Old(name, edges), mark, count),
            _ => throw new FormatException("half a position in a file"),
        };
        var last = done.Keys.Append(floor).Max(StringComparer.Ordinal);
        return new(
            new ImportedFiles(done.Select(entry => Old(entry.Key, entry.Value)))
            {
                Last = last is null ? null : Bound(last),
                Unproven = floor,
            },
            unfinished);
    }

    private static FinishedFile Old(string name, string fingerprint) =>
        new(FileHashes.OfName(name), Listing: 0, FileHashes.OfEdges(fingerprint), Content: 0);

    private static void WriteSum(Utf8JsonWriter json, string name, UInt128 sum) =>
        json.WriteString(name, sum.ToString("x32", CultureInfo.InvariantCulture));

    private static UInt128 ReadSum(JsonElement value) =>
        UInt128.TryParse(ResumeJson.Text(value), NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var sum)
            ? sum
            : throw new FormatException("no sum");

    private static ulong ReadHash(JsonElement value) =>
        ulong.TryParse(ResumeJson.Text(value), NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var hash)
            ? hash
            : throw new FormatException("no hash");

    private static bool IsShort(string name) => JsonBytes(name) <= MaxNameBytes;

    private static string Shortened(string name)
    {
        var length = Math.Min(name.Length, MaxNameBytes);
        while (char.IsHighSurrogate(name[length - 1]) || JsonBytes(name[..length]) > MaxNameBytes)
        {
            length--;
        }

        return name[..length];
    }

    private static int JsonBytes(string name) => Encoding.UTF8.GetByteCount(ResumeJson.Texts([name]));
}

/// <summary>A file of which only the first rows are finished.</summary>
/// <param name="Name">Its name, cut where it is too long.</param>
/// <param name="Id">Which content of which file it is; with another one it is a new file, to be read from its beginning.</param>
/// <param name="Mark">The high-water mark as it was when the file began; rows are compared with it to the file's end.</param>
/// <param name="Rows">Rows that are finished, whether imported, rejected or skipped.</param>
internal sealed record UnfinishedFile(string Name, FinishedFile Id, DateTimeOffset? Mark, long Rows);
