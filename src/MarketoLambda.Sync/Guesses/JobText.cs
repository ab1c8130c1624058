using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using MarketoLambda.Sync.Wording;

namespace MarketoLambda.Sync.Guesses;

/// <summary>Writes a guessed job as the job file has it, with comments for whoever reads it.</summary>
public static class JobText
{
    /// <summary>Begins every comment that somebody has to look at.</summary>
    public const string Check = "CHECK: ";

    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>A whole job file with this job alone.</summary>
    /// <param name="job">The job.</param>
    /// <param name="heading">Says where the file is from: one sentence.</param>
    public static string File(GuessedJob job, string heading) =>
        $"{{\n  // {heading}\n  \"jobs\": {{\n{Member(job)}\n  }}\n}}\n";

    /// <summary>The job as a member of <c>jobs</c>, without the comma behind it.</summary>
    public static string Member(GuessedJob job)
    {
        Lines lines = new();
        lines.Add(2, $"{Quoted(job.Name)}: {{");
        lines.Add(3, "\"source\": {");
        lines.Members(4, job.Source.Select(setting => (setting.Name, setting.Value, Notes(setting))));
        lines.Add(3, "},");
        if (job.Target is { } target)
        {
            lines.Add(3, $"\"target\": {Written(target)},");
        }

        lines.Comments(3, Notes(job.Key));
        lines.Add(3, $"\"key\": {Written(job.Key.Value)},");
        lines.Add(3, "\"fields\": {");
        lines.Members(4, job.Fields.Select(field => (field.Field, field.Value, Notes(field.Notes, field.IsUnsure))));
        lines.Comments(4, LeftOut(job));
        lines.Add(3, "}");
        lines.Add(2, "}");
        return lines.ToString();
    }

    private static IReadOnlyList<string> Notes(GuessedSetting setting) =>
        Notes(setting.Note is { } note ? [note] : [], setting.IsUnsure);

    private static IReadOnlyList<string> Notes(IReadOnlyList<string> notes, bool isUnsure) =>
        [.. notes.Select((note, i) => isUnsure && i == 0 ? $"{Check}{note}" : note)];

    private static IReadOnlyList<string> LeftOut(GuessedJob job) =>
        job.LeftOut.Count == 0
            ? []
            :
            [
                $"No field was found for {Quantity.List(job.LeftOut.Select(Quoted))}: to import one, add \"FIELD\": \"COLUMN\" here"
                    + (job.Unfilled.Count == 0 ? "" : $". Fields that are free: {Quantity.List(job.Unfilled)}"),
            ];

    private static string Quoted(string text) => Written(JsonValue.Create(text));

    /// <summary>On one line, with blanks where people put them.</summary>
    private static string Written(JsonNode? node) => node switch
    {
        null => "null",
        JsonObject members => $"{{ {string.Join(", ", members.Select(member => $"{Quoted(member.Key)}: {Written(member.Value)}"))} }}",
        JsonArray items => $"[{string.Join(", ", items.Select(Written))}]",
        _ => node.ToJsonString(Readable),
    };

    private sealed class Lines
    {
        private readonly StringBuilder _text = new();

        public void Add(int level, string line) => _text.Append(' ', level * 2).Append(line).Append('\n');

        public void Comments(int level, IReadOnlyList<string> comments)
        {
            foreach (var comment in comments)
            {
                Add(level, $"// {comment.ReplaceLineEndings(" ")}");
            }
        }

        public void Members(int level, IEnumerable<(string Name, JsonNode Value, IReadOnlyList<string> Notes)> members)
        {
            var all = members.ToList();
            foreach (var (i, (name, value, notes)) in all.Index())
            {
                Comments(level, notes);
                Add(level, $"{Quoted(name)}: {Written(value)}{(i == all.Count - 1 ? "" : ",")}");
            }
        }

        public override string ToString() => _text.ToString().TrimEnd('\n');
    }
}
