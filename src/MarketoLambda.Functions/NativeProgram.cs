using Amazon.Lambda.Annotations;
using Amazon.Lambda.APIGatewayEvents;
using Amazon.Lambda.Core;
using Amazon.Lambda.RuntimeSupport;
using Amazon.Lambda.SQSEvents;
using Microsoft.Extensions.Configuration;

[assembly: LambdaGlobalProperties(Runtime = "provided.al2023")]

namespace MarketoLambda.Functions;

/// <summary>
/// The native executable of both functions, between which a variable in <c>template.yaml</c> chooses; compiled in a native build only.
/// </summary>
/// <remarks>
/// Not the generator's own Main: that one makes the function before it speaks to the runtime, so a wrong setting would end the process
/// without a word. Here the function is made in the initializer, whose exceptions the runtime reports as a failed start.
/// </remarks>
internal static class NativeProgram
{
    private const string Which = "ANNOTATIONS_HANDLER";

    public static Task Main() => new ConfigurationBuilder().AddEnvironmentVariables().Build()[Which] switch
    {
        nameof(SyncFunction.RunAsync) => ImportAsync(),
        nameof(WebhookFunction.AnswerAsync) => AnswerAsync(),
        _ => throw new InvalidOperationException($"{Which} must name a function's method, as in template.yaml."),
    };

    private static Task ImportAsync()
    {
        SyncFunction_RunAsync_Generated? function = null;
        Func<SQSEvent, ILambdaContext, Task> run = (batch, context) => Made(function).RunAsync(batch, context);
        return ServeAsync(LambdaBootstrapBuilder.Create(run, new LambdaJson()), () => function = new SyncFunction_RunAsync_Generated());
    }

    private static Task AnswerAsync()
    {
        WebhookFunction_AnswerAsync_Generated? function = null;
        Func<APIGatewayHttpApiV2ProxyRequest, ILambdaContext, Task<APIGatewayHttpApiV2ProxyResponse>> answer = (request, context) =>
            Made(function).AnswerAsync(request, context);
        return ServeAsync(
            LambdaBootstrapBuilder.Create(answer, new LambdaJson()),
            () => function = new WebhookFunction_AnswerAsync_Generated());
    }

    private static async Task ServeAsync(LambdaBootstrapBuilder builder, Action start)
    {
        using var bootstrap = builder
            .UseBootstrapHandler(() =>
            {
                start();
                return Task.FromResult(true);
            })
            .Build();
        await bootstrap.RunAsync();
    }

    private static T Made<T>(T? function)
        where T : class =>
        function ?? throw new InvalidOperationException("The function was called before it was made.");
}
