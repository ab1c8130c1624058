using System.Text.Json;

namespace MarketoLambda.Marketo.Records;

/// <summary>One record read from Marketo; a field that is missing is null there.</summary>
/// <param name="Id">Marketo's own id of the record: a <c>marketoGUID</c>, or a number as text.</param>
/// <param name="Fields">Values by field name, whatever the casing.</param>
public sealed record MarketoRecord(string Id, IReadOnlyDictionary<string, JsonElement> Fields);
