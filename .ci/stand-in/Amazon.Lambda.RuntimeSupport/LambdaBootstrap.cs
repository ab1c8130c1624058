using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Amazon.Lambda.Core;

namespace Amazon.Lambda.RuntimeSupport;

public delegate Task<bool> LambdaBootstrapInitializer();

public sealed class LambdaBootstrapBuilder
{
    private readonly Func<Stream, ILambdaContext, Task<Stream>> _handler;
    private LambdaBootstrapInitializer? _initializer;

    private LambdaBootstrapBuilder(Func<Stream, ILambdaContext, Task<Stream>> handler) => _handler = handler;

    public static LambdaBootstrapBuilder Create<TInput, TOutput>(
        Func<TInput, ILambdaContext, Task<TOutput>> handler,
        ILambdaSerializer serializer
    ) =>
        new(
            async (input, context) =>
            {
                MemoryStream output = new();
                serializer.Serialize(await handler(serializer.Deserialize<TInput>(input), context), output);
                output.Position = 0;
                return output;
            }
        );

    public static LambdaBootstrapBuilder Create<TInput>(Func<TInput, ILambdaContext, Task> handler, ILambdaSerializer serializer) =>
        new(
            async (input, context) =>
            {
                await handler(serializer.Deserialize<TInput>(input), context);
                return new MemoryStream();
            }
        );

    public LambdaBootstrapBuilder UseBootstrapHandler(LambdaBootstrapInitializer lambdaBootstrapInitializer)
    {
        _initializer = lambdaBootstrapInitializer;
        return this;
    }

    public LambdaBootstrap Build() => new(_handler, _initializer);
}

/// <summary>The loop: next invocation, handler, answer. Source: AWS Lambda developer guide, "Using the Lambda runtime API".</summary>
public sealed class LambdaBootstrap : IDisposable
{
    private readonly Func<Stream, ILambdaContext, Task<Stream>> _handler;
    private readonly LambdaBootstrapInitializer? _initializer;
    private readonly HttpClient _runtime;

    internal LambdaBootstrap(Func<Stream, ILambdaContext, Task<Stream>> handler, LambdaBootstrapInitializer? initializer)
    {
        (_handler, _initializer) = (handler, initializer);
        _runtime = new HttpClient
        {
            BaseAddress = new Uri($"http://{Environment.GetEnvironmentVariable("AWS_LAMBDA_RUNTIME_API")}/2018-06-01/runtime/"),
            Timeout = Timeout.InfiniteTimeSpan,
        };
    }

    public async Task RunAsync(CancellationToken cancellationToken = default)
    {
        try
        {
            if (_initializer is not null && !await _initializer())
            {
                return;
            }
        }
        catch (Exception failure) // whatever it is, the runtime is told
        {
            await TellAsync("init/error", failure, cancellationToken);
            throw;
        }

        while (!cancellationToken.IsCancellationRequested)
        {
            using var next = await _runtime.GetAsync("invocation/next", cancellationToken);
            if (next.StatusCode == HttpStatusCode.Gone)
            {
                return; // the emulator has nothing more to ask
            }

            var id = next.Headers.GetValues("Lambda-Runtime-Aws-Request-Id").First();
            var deadline = long.Parse(next.Headers.GetValues("Lambda-Runtime-Deadline-Ms").First(), CultureInfo.InvariantCulture);
            try
            {
                await using var input = await next.Content.ReadAsStreamAsync(cancellationToken);
                using StreamContent output = new(await _handler(input, new Context(id, DateTimeOffset.FromUnixTimeMilliseconds(deadline))));
                using var told = await _runtime.PostAsync($"invocation/{id}/response", output, cancellationToken);
            }
            catch (Exception failure) // whatever it is, the runtime is told
            {
                await TellAsync($"invocation/{id}/error", failure, cancellationToken);
            }
        }
    }

    public void Dispose() => _runtime.Dispose();

    private async Task TellAsync(string where, Exception failure, CancellationToken cancellationToken)
    {
        using MemoryStream body = new();
        using (Utf8JsonWriter json = new(body))
        {
            json.WriteStartObject();
            json.WriteString("errorType", failure.GetType().Name);
            json.WriteString("errorMessage", failure.Message);
            json.WriteEndObject();
        }

        using ByteArrayContent content = new(body.ToArray());
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        content.Headers.Add("Lambda-Runtime-Function-Error-Type", failure.GetType().Name);
        using var told = await _runtime.PostAsync(where, content, cancellationToken);
    }

    private sealed class Context(string requestId, DateTimeOffset deadline) : ILambdaContext
    {
        public string AwsRequestId => requestId;
        public IClientContext ClientContext => null!;
        public string FunctionName => "";
        public string FunctionVersion => "";
        public ICognitoIdentity Identity => null!;
        public string InvokedFunctionArn => "";
        public ILambdaLogger Logger => null!;
        public string LogGroupName => "";
        public string LogStreamName => "";
        public int MemoryLimitInMB => 512;
        public TimeSpan RemainingTime => deadline - DateTimeOffset.UtcNow;
    }
}
