using System.Text.Json;
using MarketoLambda.Emulator.Calls;
using MarketoLambda.Emulator.Http;
using MarketoLambda.Emulator.Identity;
using MarketoLambda.Emulator.Objects;
using MarketoLambda.Emulator.Records;
using MarketoLambda.Emulator.Schema;
using MarketoLambda.Emulator.Settings;

namespace MarketoLambda.Emulator.Leads;

/// <summary>Lists the fields of leads and creates custom ones, which nothing deletes.</summary>
/// <remarks>
/// Source: Adobe, rest-api/leads, "Fields". A permission shows and makes the fields of its own kind only. What a wrong field gets is not
/// documented: here the whole call is refused.
/// </remarks>
internal sealed class LeadFieldEndpoints(EmulatorOptions options, ObjectType type, Lock gate)
{
    private readonly ValueReader _values = new(options);

    public EmulatorResponse List(Call call)
    {
        if (!LookupRequest.TryRead(call, out var request, out var refusal) || !Page.TryRead(request, options, out var page, out refusal))
        {
            return call.Envelope.Refused(refusal);
        }

        lock (gate)
        {
            var fields = Visible(call).ToArray();
            return call.Envelope.Result(
                json => Array.ForEach(page.Cut(fields), field => Write(json, field)),
                page.NextToken(fields.Length));
        }
    }

    public EmulatorResponse ByName(Call call)
    {
        var name = call.Route.Arguments[0];
        lock (gate)
        {
            return Visible(call).FirstOrDefault(field => field.Name == name) is { } found
                ? call.Envelope.Result(json => Write(json, found))
                : call.Envelope.Refused(Refusal.FieldNotFound(name));
        }
    }

    public EmulatorResponse Create(Call call)
    {
        if (!ObjectRequest.TryRead(call, options, out var body, out var refusal))
        {
            return call.Envelope.Refused(refusal);
        }

        using (body)
        {
            lock (gate)
            {
                var added = new List<FieldDefinition>();
                foreach (var element in body.RootElement.GetProperty("input").EnumerateArray())
                {
                    if (!LeadFieldDefinition.TryRead(element, [.. type.Newest.Fields, .. added], out var field, out refusal))
                    {
                        return call.Envelope.Refused(refusal);
                    }

                    added.Add(field);
                }

                added.ForEach(type.AddField);
                return call.Envelope.Result(json => added.ForEach(field => WriteCreated(json, field)));
            }
        }
    }

    private IEnumerable<FieldDefinition> Visible(Call call)
    {
        var permissions = call.Service?.Permissions ?? ApiPermissions.All;
        return type.Newest.Fields.Where(field =>
            (permissions & (field.IsCustom ? ApiPermissions.SchemaCustomField : ApiPermissions.SchemaStandardField)) != 0);
    }

    private void Write(Utf8JsonWriter json, FieldDefinition field)
    {
        json.WriteStartObject();
        json.WriteString("displayName"u8, field.DisplayName);
        json.WriteString("name"u8, field.Name);
        json.WriteString("description"u8, field.Description);
        json.WriteString("dataType"u8, field.DataType);
        if (_values.LengthOf(field) is { } length)
        {
            json.WriteNumber("length"u8, length);
        }

        json.WriteBoolean("isHidden"u8, value: false);
        json.WriteBoolean("isHtmlEncodingInEmail"u8, value: true);
        json.WriteBoolean("isSensitive"u8, value: false);
        json.WriteBoolean("isCustom"u8, field.IsCustom);
        json.WriteBoolean("isApiCreated"u8, field.IsMadeByApi);
        json.WriteEndObject();
    }

    private static void WriteCreated(Utf8JsonWriter json, FieldDefinition field)
    {
        json.WriteStartObject();
        json.WriteString("name"u8, field.Name);
        json.WriteString("status"u8, "created"u8);
        json.WriteEndObject();
    }
}
