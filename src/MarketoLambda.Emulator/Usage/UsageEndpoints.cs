using System.Globalization;
using System.Text.Json;
using MarketoLambda.Emulator.Calls;
using MarketoLambda.Emulator.Http;

namespace MarketoLambda.Emulator.Usage;

/// <summary>The four statistics calls. Days run from 06:00 UTC to 06:00 UTC; seven days come newest first.</summary>
/// <remarks>Source: Adobe, rest-api/usage.</remarks>
internal sealed class UsageEndpoints(UsageBook usage, Lock gate)
{
    private const int LastDays = 7;

    public EmulatorResponse Calls(Call call, bool allDays) => Answer(call, allDays, "users", day => day.Users, "userId", day => day.Total);

    public EmulatorResponse Errors(Call call, bool allDays) =>
        Answer(call, allDays, "errors", day => day.Errors, "errorCode", day => day.Errors.Values.Sum());

    private EmulatorResponse Answer(
        Call call,
        bool allDays,
        string listName,
        Func<UsageDay, Dictionary<string, int>> list,
        string keyName,
        Func<UsageDay, int> total
    ) =>
        call.Envelope.Result(json =>
        {
            lock (gate)
            {
                var today = UsageBook.DayOf(call.Entry.ArrivedAt);
                for (var age = 0; age < (allDays ? LastDays : 1); age++)
                {
                    var date = today.AddDays(-age);
                    var day = usage.Day(date);
                    json.WriteStartObject();
                    json.WriteString("date"u8, date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
                    json.WriteNumber("total"u8, total(day));
                    WriteCounts(json, listName, keyName, list(day));
                    json.WriteEndObject();
                }
            }
        });

    private static void WriteCounts(Utf8JsonWriter json, string listName, string keyName, Dictionary<string, int> counts)
    {
        json.WriteStartArray(listName);
        foreach (var (key, count) in counts.Where(entry => entry.Value > 0).OrderBy(entry => entry.Key, StringComparer.Ordinal))
        {
            json.WriteStartObject();
            json.WriteString(keyName, key);
            json.WriteNumber("count"u8, count);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
