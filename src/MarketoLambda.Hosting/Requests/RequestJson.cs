using System.Text.Json;
using System.Text.Json.Serialization;
using MarketoLambda.Hosting.Webhooks;

namespace MarketoLambda.Hosting.Requests;

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(RunRequest))]
[JsonSerializable(typeof(RunAccepted))]
[JsonSerializable(typeof(JobState))]
[JsonSerializable(typeof(WebhookProblem))]
internal sealed partial class RequestJson : JsonSerializerContext;
