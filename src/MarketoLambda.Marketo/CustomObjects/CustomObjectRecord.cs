using System.Text.Json;

namespace MarketoLambda.Marketo.CustomObjects;

/// <summary>One record read from Marketo; a field that is missing is null there.</summary>
/// <param name="MarketoGuid">Marketo's own id of the record.</param>
/// <param name="Fields">Values by field name, whatever the casing.</param>
public sealed record CustomObjectRecord(string MarketoGuid, IReadOnlyDictionary<string, JsonElement> Fields);
