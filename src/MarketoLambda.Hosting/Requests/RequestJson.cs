using System.Text.Json;
using System.Text.Json.Serialization;

namespace MarketoLambda.Hosting.Requests;

[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true)]
[JsonSerializable(typeof(RunRequest))]
internal sealed partial class RequestJson : JsonSerializerContext;
