using System.Text.Json;
using System.Text.Json.Serialization;
using Amazon.Lambda.APIGatewayEvents;
using Amazon.Lambda.Core;
using Amazon.Lambda.Serialization.SystemTextJson;
using Amazon.Lambda.SQSEvents;
using MarketoLambda.Functions;

[assembly: LambdaSerializer(typeof(LambdaJson))]

namespace MarketoLambda.Functions;

/// <summary>
/// Reads and writes Lambda's events without reflection. The policy must be set here: the base class overrides the context's own.
/// </summary>
public sealed class LambdaJson()
    : SourceGeneratorLambdaJsonSerializer<LambdaEvents>(options => options.PropertyNamingPolicy = JsonNamingPolicy.CamelCase);

/// <summary>Everything that crosses the function's border. A type missing here fails at run time only.</summary>
[JsonSerializable(typeof(SQSEvent))]
[JsonSerializable(typeof(APIGatewayHttpApiV2ProxyRequest))]
[JsonSerializable(typeof(APIGatewayHttpApiV2ProxyResponse))]
public sealed partial class LambdaEvents : JsonSerializerContext;
