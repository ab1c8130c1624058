using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace MarketoLambda.Emulator.Http;

/// <summary>
/// The emulator behind a port of this machine. Disposing it cuts every connection, as pulling the plug would; the emulator keeps its state.
/// </summary>
public sealed class EmulatorServer : IAsyncDisposable
{
    /// <summary>Far above Marketo's own limits, so that the emulator answers 413 and 414 itself.</summary>
    private const int TransportLimitBytes = 64 * 1024 * 1024;

    private readonly WebApplication _application;

    private EmulatorServer(WebApplication application)
    {
        _application = application;
        Address = new Uri(application.Urls.Single());
    }

    /// <summary>Where it listens, for example <c>http://127.0.0.1:40123</c>.</summary>
    public Uri Address { get; }

    internal static async Task<EmulatorServer> StartAsync(AnswerRequest answer, int port, CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestLineSize = TransportLimitBytes;
            kestrel.Limits.MaxRequestBufferSize = null;
            kestrel.Limits.MaxRequestBodySize = TransportLimitBytes;
            kestrel.Limits.MinRequestBodyDataRate = null;
            kestrel.Listen(System.Net.IPAddress.Loopback, port, listen => listen.Protocols = HttpProtocols.Http1);
        });
        var application = builder.Build();
        application.Run(context => AnswerAsync(answer, context));
        await application.StartAsync(cancellationToken);
        return new EmulatorServer(application);
    }

    public async ValueTask DisposeAsync()
    {
        await _application.StopAsync(new CancellationToken(canceled: true));
        await _application.DisposeAsync();
    }

    private static async Task AnswerAsync(AnswerRequest answer, HttpContext context)
    {
        try
        {
            var response = await answer(await ReadAsync(context), context.RequestAborted);
            await WriteAsync(response, context);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            context.Abort();
        }
    }

    private static async Task<EmulatorRequest> ReadAsync(HttpContext context)
    {
        var target = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        var question = target.IndexOf('?', StringComparison.Ordinal);
        return new EmulatorRequest(
            context.Request.Method,
            question < 0 ? target : target[..question],
            question < 0 ? "" : target[(question + 1)..],
            await ReadBodyAsync(context.Request, context.RequestAborted))
        {
            Authorization = context.Request.Headers.Authorization,
            ContentType = context.Request.ContentType,
        };
    }

    private static async Task<ReadOnlyMemory<byte>> ReadBodyAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        if (request.ContentLength is >= 0 and <= TransportLimitBytes and var length)
        {
            var exact = new byte[length];
            await request.Body.ReadExactlyAsync(exact, cancellationToken);
            return exact;
        }

        using var body = new MemoryStream();
        await request.Body.CopyToAsync(body, cancellationToken);
        return body.ToArray();
    }

    private static async Task WriteAsync(EmulatorResponse response, HttpContext context)
    {
        if (response.Delivery != Delivery.Answered)
        {
            context.Abort();
            return;
        }

        context.Response.StatusCode = response.Status;
        context.Response.ContentType = response.ContentType;
        foreach (var (name, value) in response.Headers)
        {
            context.Response.Headers.Append(name, value);
        }

        var body = GzipAnswer.Covers(context.Request, response.Body) ? GzipAnswer.Pack(response.Body, context.Response) : response.Body;
        context.Response.ContentLength = body.Length;
        await context.Response.Body.WriteAsync(body, context.RequestAborted);
    }
}
