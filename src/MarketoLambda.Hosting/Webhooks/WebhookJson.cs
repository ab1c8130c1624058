using System.Text.Json;
using System.Text.Json.Serialization;

namespace MarketoLambda.Hosting.Webhooks;

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(RunAccepted))]
[JsonSerializable(typeof(JobState))]
[JsonSerializable(typeof(WebhookProblem))]
internal sealed partial class WebhookJson : JsonSerializerContext;
