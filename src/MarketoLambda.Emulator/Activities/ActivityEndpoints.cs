using System.Globalization;
using System.Text.Json;
using MarketoLambda.Emulator.Calls;
using MarketoLambda.Emulator.Http;
using MarketoLambda.Emulator.Identity;
using MarketoLambda.Emulator.Objects;
using MarketoLambda.Emulator.Records;
using MarketoLambda.Emulator.Schema;
using MarketoLambda.Emulator.Settings;

namespace MarketoLambda.Emulator.Activities;

/// <summary>Adds custom activities and lists their types. The same activity sent twice is there twice.</summary>
/// <remarks>Source: Adobe, rest-api/activities: results have no <c>seq</c>, and reasons stand under <c>errors</c>.</remarks>
internal sealed class ActivityEndpoints(EmulatorOptions options, ActivityBook book, ObjectType leads, Lock gate)
{
    private const string Path = "/rest/v1/activities/external";

    private static readonly Operation Add = new("POST", Path, CallKind.Sync, "activity") { Permissions = ApiPermissions.WriteActivity };
    private static readonly Operation Types = new("GET", $"{Path}/types", CallKind.Describe, "activity")
    {
        Permissions = ApiPermissions.ReadActivity | ApiPermissions.WriteActivity,
    };

    public static IReadOnlyList<Operation> Operations { get; } = [Add, Types];

    public static IEnumerable<KeyValuePair<Operation, AnswerCall>> All(
        EmulatorOptions options,
        ActivityBook book,
        ObjectCatalog catalog,
        Lock gate)
    {
        var endpoints = new ActivityEndpoints(options, book, catalog.Standard(LinkableObjects.Lead), gate);
        return [new(Add, (call, _) => endpoints.AddAll(call)), new(Types, (call, _) => endpoints.ListTypes(call))];
    }

    private EmulatorResponse AddAll(Call call)
    {
        if (!ObjectRequest.TryRead(call, options, out var body, out var refusal))
        {
            return call.Envelope.Refused(refusal);
        }

        using (body)
        {
            lock (gate)
            {
                var reader = new ActivityReader(book.Types);
                Outcome[] outcomes =
                    [.. body.RootElement.GetProperty("input").EnumerateArray().Select(element => AddOne(call, reader, element))];
                return call.Envelope.Result(json => Array.ForEach(outcomes, outcome => Write(json, outcome)));
            }
        }
    }

    private Outcome AddOne(Call call, ActivityReader reader, JsonElement element)
    {
        if (!reader.TryRead(element, out var activity, out var refusal))
        {
            return new Outcome(Id: null, refusal);
        }

        refusal = leads.Records.Current.TryGet(IdField.OfNumber(activity.LeadId), out _)
            ? call.Skip(activity.LeadId.ToString(CultureInfo.InvariantCulture))
            : Refusal.LeadNotFound;
        return refusal is null ? new Outcome(book.Add(activity).Id, Reason: null) : new Outcome(Id: null, refusal);
    }

    private static void Write(Utf8JsonWriter json, Outcome outcome)
    {
        json.WriteStartObject();
        if (outcome.Id is { } id)
        {
            json.WriteNumber("id"u8, id);
            json.WriteString("marketoGUID"u8, id.ToString(CultureInfo.InvariantCulture));
        }

        json.WriteString("status"u8, outcome.Id is null ? "skipped" : "added");
        if (outcome.Reason is not null)
        {
            json.WriteStartArray("errors"u8);
            outcome.Reason.WriteTo(json);
            json.WriteEndArray();
        }

        json.WriteEndObject();
    }

    private EmulatorResponse ListTypes(Call call)
    {
        lock (gate)
        {
            var types = book.Types.ToArray();
            return call.Envelope.Result(json => Array.ForEach(types, type => WriteType(json, type)));
        }
    }

    private static void WriteType(Utf8JsonWriter json, ActivityType type)
    {
        json.WriteStartObject();
        json.WriteNumber("id"u8, type.Id);
        json.WriteString("apiName"u8, type.ApiName);
        json.WriteString("name"u8, type.ApiName);
        json.WriteString("status"u8, "approved"u8);
        json.WriteString("createdAt"u8, MarketoDatetime.Format(type.CreatedAt));
        json.WriteString("updatedAt"u8, MarketoDatetime.Format(type.CreatedAt));
        json.WritePropertyName("primaryAttribute"u8);
        WriteAttribute(json, type.PrimaryAttribute);
        json.WriteStartArray("attributes"u8);
        foreach (var attribute in type.Attributes)
        {
            WriteAttribute(json, attribute);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteAttribute(Utf8JsonWriter json, string name)
    {
        json.WriteStartObject();
        json.WriteString("apiName"u8, name);
        json.WriteString("name"u8, name);
        json.WriteString("dataType"u8, FieldDataTypes.String);
        json.WriteEndObject();
    }

    /// <param name="Id">Id of the activity; null where it was skipped.</param>
    /// <param name="Reason">Why it was skipped; null where it was added.</param>
    private readonly record struct Outcome(long? Id, Refusal? Reason);
}
