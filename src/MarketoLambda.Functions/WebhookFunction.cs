using System.Text;
using Amazon.Lambda.Annotations;
using Amazon.Lambda.APIGatewayEvents;
using Amazon.Lambda.Core;
using MarketoLambda.Functions.Hosting;
using MarketoLambda.Hosting.Warm;
using MarketoLambda.Hosting.Webhooks;
using Microsoft.Extensions.Logging;

namespace MarketoLambda.Functions;

/// <summary>Answers <c>POST /jobs/{apiName}/runs</c> and <c>GET /jobs/{apiName}</c>. Routes stand in <c>template.yaml</c>.</summary>
/// <remarks>
/// Plain events in and out: the code generated for <c>[HttpApi]</c> ignores base64 bodies and repeats a wrong body in its answer.
/// </remarks>
public sealed class WebhookFunction(RenewableHost<WebhookHandler> host, TimeProvider time, ILogger<WebhookFunction> logger)
{
    [LambdaFunction(ResourceName = "WebhookFunction")]
    public async Task<APIGatewayHttpApiV2ProxyResponse> AnswerAsync(APIGatewayHttpApiV2ProxyRequest request, ILambdaContext context)
    {
        using var scope = logger.BeginScope(new Dictionary<string, object?> { ["requestId"] = context.AwsRequestId });
        using var abort = TimeLeft.CreateAbort(context, time);
        var local = await host.GetAsync(abort.Token);
        var answer = await local.AnswerAsync(Call(request), TimeLeft.For(context), abort.Token);
        return new APIGatewayHttpApiV2ProxyResponse
        {
            StatusCode = answer.Status,
            Headers = new Dictionary<string, string> { ["content-type"] = "application/json", ["cache-control"] = "no-store" },
            Body = answer.Json ?? "",
        };
    }

    private static WebhookCall Call(APIGatewayHttpApiV2ProxyRequest request) => new(
        request.RequestContext?.Http?.Method == "GET",
        request.PathParameters?.FirstOrDefault(parameter => parameter.Key == "apiName").Value,
        request.Headers?.FirstOrDefault(header => header.Key.Equals(WebhookSecrets.Header, StringComparison.OrdinalIgnoreCase)).Value,
        request.Body is not { } body ? 0 : request.IsBase64Encoded ? body.Length / 4 * 3 : Encoding.UTF8.GetByteCount(body));
}
