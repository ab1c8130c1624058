using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using System.Text.Json;
using MarketoLambda.Emulator.Calls;
using MarketoLambda.Emulator.Records;

namespace MarketoLambda.Emulator.Activities;

/// <summary>Reads one custom activity of a request.</summary>
/// <remarks>Source: Adobe, rest-api/activities, "Custom Activities": five members, all required; 65,536 bytes of attributes.</remarks>
internal sealed class ActivityReader(IReadOnlyList<ActivityType> types)
{
    private const int MaxAttributeBytes = 65_536;

    public bool TryRead(
        JsonElement element,
        [NotNullWhen(true)] out CustomActivity? activity,
        [NotNullWhen(false)] out Refusal? refusal)
    {
        activity = null;
        if (element.ValueKind != JsonValueKind.Object)
        {
            refusal = Refusal.FromCode("1003");
            return false;
        }

        var lead = Number(element, "leadId");
        var type = Number(element, "activityTypeId") is { } id ? types.FirstOrDefault(candidate => candidate.Id == id) : null;
        var date = element.Text("activityDate");
        var moment = date is null ? null : MarketoDatetime.ReadMoment(date);
        var primary = element.Text("primaryAttributeValue");
        refusal = Missing(element)
            ?? (type is null ? Refusal.InvalidValue("activityTypeId", element.GetProperty("activityTypeId").ToString())
            : moment is null ? Refusal.InvalidValue("activityDate", element.GetProperty("activityDate").ToString())
            : lead is null ? Refusal.LeadNotFound
            : primary is null ? Refusal.InvalidValue("primaryAttributeValue", element.GetProperty("primaryAttributeValue").ToString())
            : null);
        if (refusal is not null || type is null || !TryReadAttributes(element, type, out var attributes, out refusal))
        {
            refusal ??= Refusal.FromCode("1003");
            return false;
        }

        activity = new CustomActivity(Id: 0, lead ?? 0, type.Id, primary ?? "")
        {
            ActivityDate = moment ?? default,
            Attributes = attributes,
        };
        return true;
    }

    private static Refusal? Missing(JsonElement element)
    {
        string[] required = ["leadId", "activityDate", "activityTypeId", "primaryAttributeValue", "attributes"];
        var missing = required.FirstOrDefault(name =>
            !element.TryGetProperty(name, out var value) || value.ValueKind == JsonValueKind.Null);
        return missing is null ? null : Refusal.MissingParameter(missing);
    }

    private static bool TryReadAttributes(
        JsonElement element,
        ActivityType type,
        out Dictionary<string, string> attributes,
        [NotNullWhen(false)] out Refusal? refusal)
    {
        attributes = [];
        var list = element.GetProperty("attributes");
        if (list.ValueKind != JsonValueKind.Array)
        {
            refusal = Refusal.InvalidValue("attributes", list.ToString());
            return false;
        }

        if (Encoding.UTF8.GetByteCount(list.GetRawText()) > MaxAttributeBytes)
        {
            refusal = Refusal.FromCode("1049");
            return false;
        }

        foreach (var attribute in list.EnumerateArray().Where(attribute => attribute.ValueKind == JsonValueKind.Object))
        {
            var name = attribute.Text("apiName") ?? attribute.Text("name") ?? "";
            if (!type.Attributes.Contains(name))
            {
                refusal = new Refusal("1006", $"Attribute '{name}' not found");
                return false;
            }

            attributes[name] = attribute.TryGetProperty("value", out var value) ? value.ToString() : "";
        }

        refusal = null;
        return true;
    }

    private static long? Number(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value)
        && long.TryParse(value.ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : null;
}
