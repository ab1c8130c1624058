using System.Text;
using System.Text.RegularExpressions;

namespace MarketoLambda.Testing.Salesforce.Attack;

/// <summary>What goes wrong on the way, drawn from a seed: refusals, broken connections, and answers that are not those to the
/// question.</summary>
/// <remarks>Left out is what nobody could notice: another value of a field, a record that is missing from the middle of a page, a count
/// that is too low.</remarks>
public sealed class HostileFaults(Random random)
{
    private static readonly string[] Nullable = ["done", "totalSize", "records", "Id", "SystemModstamp", "IsDeleted", "fields", "id",
        "state", "numberRecordsProcessed", "access_token", "instance_url"];

    private static readonly string[] Instead = ["null", "{}", "[]", "\"\"", "\"x\"", "-1", "1e400", "true7"];

    private readonly Queue<(string Until, HostileAnswer Answer)> _earlier = new();
    private int _storm;

    /// <summary>Chance that a call goes wrong.</summary>
    public double Rate { get; set; }

    /// <summary>Kinds that happened, with their numbers.</summary>
    public SortedDictionary<string, int> Happened { get; } = new(StringComparer.Ordinal);

    /// <summary>Calls may go wrong without an answer for minutes.</summary>
    public bool MayHang { get; init; } = true;

    public bool Chance(double chance) => Rate > 0 && random.NextDouble() < chance;

    /// <summary>From now on, so many calls in a row go wrong.</summary>
    public void Storm(int calls) => _storm = calls;

    /// <summary>The page behind the next one comes. Only a page that follows another one in the same process can be missed.</summary>
    internal bool Skips()
    {
        var skips = Chance(0.2);
        Happened["a page is skipped"] = Happened.GetValueOrDefault("a page is skipped") + (skips ? 1 : 0);
        return skips;
    }

    /// <summary>Instead of doing what was asked; null to do it.</summary>
    internal HostileAnswer? Before()
    {
        if (!Strikes())
        {
            return null;
        }

        var answer = random.Next(22) switch
        {
            0 => Retry(HostileAnswer.Error(503, "SERVER_UNAVAILABLE", "busy"), random.Next(1, 50)),
            1 => Retry(HostileAnswer.Error(503, "SERVER_UNAVAILABLE", "busy"), 7200),
            2 => HostileAnswer.Error(500, "UNKNOWN_EXCEPTION", "An unexpected error occurred. ErrorId: 1"),
            3 => HostileAnswer.Error(400, "QUERY_TIMEOUT", "Your query request was running for too long."),
            4 => HostileAnswer.Error(400, "INVALID_QUERY_LOCATOR", "invalid query locator"),
            5 => HostileAnswer.Error(403, "REQUEST_LIMIT_EXCEEDED", "TotalRequests Limit exceeded."),
            6 => HostileAnswer.Error(403, "REQUEST_LIMIT_EXCEEDED", "ConcurrentRequests (Concurrent API Requests) Limit exceeded."),
            7 => HostileAnswer.Error(401, "INVALID_SESSION_ID", "Session expired or invalid"),
            8 => new HostileAnswer(401, []),
            9 => new HostileAnswer(502, "<html>Bad Gateway</html>"u8.ToArray()),
            10 => new HostileAnswer(200, "<html>log in here</html>"u8.ToArray()),
            11 => new HostileAnswer(200, []),
            12 => new HostileAnswer(204, []),
            13 => Redirect(new HostileAnswer(random.Next(2) == 0 ? 302 : 307, [])),
            14 => Retry(new HostileAnswer(429, "slow down"u8.ToArray()), 3),
            15 => new HostileAnswer(404, "<html>Not Found</html>"u8.ToArray()),
            16 => HostileAnswer.Json("{}"),
            17 => HostileAnswer.Json("[]"),
            18 => new HostileAnswer(400, Encoding.UTF8.GetBytes("""[{"errorCode":null,"message":{}}]""")),
            19 => new HostileAnswer(400, Encoding.UTF8.GetBytes("""[{"errorCode":"UNKNOWN_EXCEPTION","message":"half \ud83d"}]""")),
            20 when MayHang => new HostileAnswer(200, []) { Delivery = HostileDelivery.Never },
            _ => new HostileAnswer(200, []) { Delivery = HostileDelivery.Reset },
        };
        return Count($"{answer.Status} "
            + $"{(answer.Delivery == HostileDelivery.Whole ? Encoding.UTF8.GetString(answer.Body) : answer.Delivery)}", answer);
    }

    /// <summary>What was asked has been done; the answer may become another one.</summary>
    internal HostileAnswer Twist(string target, HostileAnswer answer)
    {
        if (answer.Status != 200)
        {
            return answer;
        }

        var twisted = Strikes() ? Twisted(target, answer) : answer;
        _earlier.Enqueue((Until(target), answer));
        if (_earlier.Count > 6)
        {
            _earlier.Dequeue();
        }

        return twisted;
    }

    private HostileAnswer Twisted(string target, HostileAnswer answer)
    {
        var text = Encoding.Latin1.GetString(answer.Body);
        var isCsv = target.Contains("/results", StringComparison.Ordinal);
        return random.Next(12) switch
        {
            0 => Count("cut connection", answer with { Delivery = HostileDelivery.Cut }),
            1 => Count("packed and cut", answer with { Delivery = HostileDelivery.PackedAndCut }),
            2 => Count("not packed", answer with { Delivery = HostileDelivery.NotPacked }),
            3 => Count("cut body", Same(answer, text[..random.Next(text.Length)])),
            4 when !isCsv => Count("a null or another type", Same(answer, OtherValue(text))),
            5 when !isCsv => Count("a member less",
                Same(answer, Regex.Replace(text, $"\"{Nullable[random.Next(Nullable.Length)]}\":", "\"other\":"))),
            6 when !isCsv => Count("a record without a value",
                Same(answer, text.Replace("\"records\":[", "\"records\":[null,", StringComparison.Ordinal))),
            7 when !isCsv => Count("records backwards", Same(answer, Backwards(text))),
            8 => Count("a record twice", Same(answer, isCsv ? LineTwice(text) : RecordTwice(text))),
            9 when isCsv => Count("locator loop", Looping(answer)),
            10 when isCsv => Count("a line less", Same(answer, Regex.Replace(text, "\n[^\n]*\n$", "\n"))),
            _ when _earlier.Count > 0 && !isCsv => Count("an earlier answer", Fitting(target, answer)),
            _ => Count("an answer lost", new HostileAnswer(200, []) { Delivery = HostileDelivery.Reset }),
        };
    }

    /// <summary>The answer to an earlier page of the same pass. One of another pass could be a true one, and nobody could know
    /// better.</summary>
    private HostileAnswer Fitting(string target, HostileAnswer answer) => _earlier
        .Where(earlier => Until(target).Length > 0 && earlier.Until == Until(target)
            && Encoding.Latin1.GetString(earlier.Answer.Body).Contains("\"attributes\"", StringComparison.Ordinal))
        .Select(earlier => earlier.Answer)
        .FirstOrDefault(answer);

    private static string Until(string target) =>
        target.Contains("COUNT", StringComparison.Ordinal) ? ""
            : Regex.Match(Uri.UnescapeDataString(target), "SystemModstamp < (\\S+)").Groups[1].Value;

    private string OtherValue(string text)
    {
        var name = Nullable[random.Next(Nullable.Length)];
        var other = Instead[random.Next(Instead.Length)];
        return name is "totalSize" or "done" && other is "-1" ? text
            : Regex.Replace(text, $"\"{name}\":(\"[^\"]*\"|[\\w.-]+|\\[)", match =>
            match.Groups[1].Value == "[" ? $"\"{name}\":{other},\"rest\":[" : $"\"{name}\":{other}");
    }

    private static string Backwards(string text)
    {
        var records = Regex.Matches(text, @"\{""attributes"":\{[^}]*\}[^}]*\}").Select(match => match.Value).ToList();
        return records.Count == 0 ? text
            : text[..text.IndexOf("\"records\":[", StringComparison.Ordinal)] + "\"records\":[" + string.Join(',',
            Enumerable.Reverse(records)) + "]}";
    }

    private static string RecordTwice(string text) =>
        Regex.Replace(text, @"""records"":\[(?<first>\{""attributes"":\{[^}]*\}[^}]*\})", "\"records\":[${first},${first}");

    private static string LineTwice(string text)
    {
        var last = Regex.Match(text, "\n(?<line>\"02i[^\n]*\n)$").Groups["line"].Value;
        return text + last;
    }

    private static HostileAnswer Looping(HostileAnswer answer)
    {
        HostileAnswer looping = new(200, answer.Body);
        looping.Headers["Sforce-Locator"] = "MTI3";
        return looping;
    }

    private static HostileAnswer Same(HostileAnswer answer, string text)
    {
        HostileAnswer same = new(200, Encoding.Latin1.GetBytes(text));
        foreach (var (name, value) in answer.Headers)
        {
            same.Headers[name] = value;
        }

        return same;
    }

    private static HostileAnswer Retry(HostileAnswer answer, int seconds)
    {
        answer.Headers["Retry-After"] = $"{seconds}";
        return answer;
    }

    private static HostileAnswer Redirect(HostileAnswer answer)
    {
        answer.Headers["Location"] = "https://elsewhere.example.com/services/oauth2/token";
        return answer;
    }

    private bool Strikes()
    {
        if (_storm > 0)
        {
            _storm--;
            return true;
        }

        return random.NextDouble() < Rate / 2;
    }

    private HostileAnswer Count(string kind, HostileAnswer answer)
    {
        Happened[kind] = Happened.GetValueOrDefault(kind) + 1;
        return answer;
    }
}
