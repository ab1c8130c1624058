using System.Text.Json;
using MarketoLambda.Emulator.Calls;
using MarketoLambda.Emulator.Http;
using MarketoLambda.Emulator.Records;

namespace MarketoLambda.Emulator.Lists;

/// <summary>Lists the static lists.</summary>
/// <remarks>Source: Adobe's OpenAPI, "Get Lists".</remarks>
internal sealed class ListQueries(ListBook lists, Lock gate)
{
    /// <summary>All, or those of some ids or names.</summary>
    public EmulatorResponse All(Call call)
    {
        var (ids, names) = (call.Query.List("id"), call.Query.List("name"));
        lock (gate)
        {
            StaticList[] found =
            [
                .. lists.All
                    .Where(list => ids is null || ids.Any(id => lists.Find(id) == list))
                    .Where(list => names?.Contains(list.Name) != false),
            ];
            return call.Envelope.Result(json => Array.ForEach(found, list => Write(json, list)));
        }
    }

    public EmulatorResponse ById(Call call)
    {
        lock (gate)
        {
            return ListEndpoints.TryFind(call, lists, out var list, out var refusal)
                ? call.Envelope.Result(json => Write(json, list))
                : call.Envelope.Refused(refusal);
        }
    }

    private static void Write(Utf8JsonWriter json, StaticList list)
    {
        json.WriteStartObject();
        json.WriteNumber("id"u8, list.Id);
        json.WriteString("name"u8, list.Name);
        json.WriteString("createdAt"u8, MarketoDatetime.Format(list.CreatedAt));
        json.WriteString("updatedAt"u8, MarketoDatetime.Format(list.UpdatedAt));
        json.WriteEndObject();
    }
}
