using System.Text;
using System.Text.Json;

namespace MarketoLambda.Sync.Guesses;

/// <summary>Adds a job to the text of a job file, and leaves everything else as it is, comments included.</summary>
public static class JobFileEdit
{
    private static readonly JsonReaderOptions Lenient = new() { CommentHandling = JsonCommentHandling.Allow, AllowTrailingCommas = true };

    /// <summary>The file's text with the job behind the others; null where it has no <c>jobs</c> with a job in it.</summary>
    /// <param name="json">The file.</param>
    /// <param name="member">The job, as <see cref="JobText.Member"/> writes it.</param>
    public static string? Add(string json, string member)
    {
        var utf8 = Encoding.UTF8.GetBytes(json);
        try
        {
            return FindEnd(utf8) is { } end ? Insert(utf8, end, member, json.Contains("\r\n", StringComparison.Ordinal)) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string Insert(byte[] utf8, (int LastValue, int Close) end, string member, bool hasCarriageReturns)
    {
        var between = utf8.AsSpan(end.LastValue, end.Close - end.LastValue);
        var comma = HasComma(between) ? "" : ",";
        var text = Encoding.UTF8.GetString(utf8, 0, end.LastValue) + comma + Encoding.UTF8.GetString(between).TrimEnd()
            + $"\n{member}\n  ".ReplaceLineEndings(hasCarriageReturns ? "\r\n" : "\n");
        return text + Encoding.UTF8.GetString(utf8.AsSpan(end.Close));
    }

    /// <summary>Where the last job ends, and where the object of jobs is closed.</summary>
    private static (int LastValue, int Close)? FindEnd(byte[] utf8)
    {
        var offset = utf8.AsSpan().StartsWith(Encoding.UTF8.Preamble) ? Encoding.UTF8.Preamble.Length : 0;
        Utf8JsonReader reader = new(utf8.AsSpan(offset), Lenient);
        var isInJobs = false;
        var last = 0;
        while (reader.Read())
        {
            if (reader.CurrentDepth == 1 && reader.TokenType == JsonTokenType.PropertyName)
            {
                isInJobs = reader.ValueTextEquals("jobs"u8);
            }
            else if (isInJobs && reader.CurrentDepth == 2 && reader.TokenType == JsonTokenType.EndObject)
            {
                last = (int)reader.BytesConsumed + offset;
            }
            else if (isInJobs && reader.CurrentDepth == 1 && reader.TokenType == JsonTokenType.EndObject)
            {
                return last > 0 ? (last, (int)reader.TokenStartIndex + offset) : null;
            }
        }

        return null;
    }

    private static bool HasComma(ReadOnlySpan<byte> between)
    {
        for (var i = 0; i < between.Length; i++)
        {
            switch (between[i])
            {
                case (byte)',':
                    return true;
                case (byte)'/' when between[i..].StartsWith("//"u8):
                    i += between[i..].IndexOf((byte)'\n') is var line and >= 0 ? line : between.Length;
                    break;
                case (byte)'/' when between[i..].StartsWith("/*"u8):
                    i += between[i..].IndexOf("*/"u8) is var close and >= 0 ? close + 1 : between.Length;
                    break;
            }
        }

        return false;
    }
}
