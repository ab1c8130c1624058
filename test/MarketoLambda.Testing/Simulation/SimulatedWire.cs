using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using MarketoLambda.Emulator.Calls;
using MarketoLambda.Emulator.Faults;
using MarketoLambda.Sync.Leases;
using MarketoLambda.Sync.Rejects;
using MarketoLambda.Sync.State;

namespace MarketoLambda.Testing.Simulation;

/// <summary>
/// The network between one process and Marketo: where calls are counted, where they go wrong, and where the process dies.
/// </summary>
internal sealed partial class SimulatedWire(SimulatedWorld world, ProcessLife life, HttpMessageHandler marketo) : DelegatingHandler(marketo)
{
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (life.IsOver)
        {
            return ProcessLife.NeverAsync<HttpResponseMessage>();
        }

        var kind = KindOf(request);
        var mishap = world.Mishaps.Next(kind);
        if (mishap?.Kill is { } moment)
        {
            return DieAsync(moment, kind, request);
        }

        if (mishap?.Sleep is { } nap)
        {
            life.Sleep(nap);
        }

        if (mishap is { IsNotSent: true, Error.Code: "host-unknown" })
        {
            return Task.FromException<HttpResponseMessage>(
                new HttpRequestException(HttpRequestError.NameResolutionError, "Name or service not known"));
        }

        if (mishap is { IsNotSent: true })
        {
            return Task.FromException<HttpResponseMessage>(
                new HttpRequestException(
                    HttpRequestError.ConnectionError,
                    "Connection refused",
                    new SocketException((int)SocketError.ConnectionRefused)));
        }

        if (mishap is { LosesLastRecord: true })
        {
            return life.HearAsync(SendWithoutLastRecordAsync(request, cancellationToken));
        }

        if (mishap?.Fault is { } fault)
        {
            world.Marketo.Faults.On(
                CallKind.Any,
                fault.Timing == FaultTiming.Delayed ? fault.TakesEffectAfter(LateFor(kind)) : fault);
        }

        return life.HearAsync(base.SendAsync(request, cancellationToken));
    }

    private async Task<HttpResponseMessage> SendWithoutLastRecordAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (request.Content is null)
        {
            request.RequestUri = new Uri(LastId().Replace(request.RequestUri!.AbsoluteUri, ""));
            return await base.SendAsync(request, cancellationToken);
        }

        var body = JsonNode.Parse(await request.Content.ReadAsStringAsync(cancellationToken))!;
        var input = body["input"]!.AsArray();
        input.RemoveAt(input.Count - 1);
        request.Content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json");
        return await base.SendAsync(request, cancellationToken);
    }

    /// <summary>How late a call of that kind can still take effect, since Marketo gives calls up.</summary>
    private TimeSpan LateFor(StepKind kind) => kind == StepKind.Write ? world.LateWrite : Mishaps.Late;

    private async Task<HttpResponseMessage> DieAsync(KillMoment moment, StepKind kind, HttpRequestMessage request)
    {
        if (moment == KillMoment.AfterEffect)
        {
            await EndOfAsync(base.SendAsync(request, CancellationToken.None));
        }

        life.Kill();
        if (moment == KillMoment.InFlight)
        {
            world.Marketo.Faults.On(CallKind.Any, Fault.BrokenConnection().TakesEffectAfter(LateFor(kind)));
            _ = EndOfAsync(base.SendAsync(request, CancellationToken.None));
        }

        return await ProcessLife.NeverAsync<HttpResponseMessage>();
    }

    [GeneratedRegex("[?&]id=[0-9]+$")]
    private static partial Regex LastId();

    private static async Task EndOfAsync(Task<HttpResponseMessage> answer)
    {
        try
        {
            using var response = await answer;
        }
        catch (HttpRequestException)
        {
            // Nobody is left to hear how it went.
        }
    }

    private static StepKind KindOf(HttpRequestMessage request) =>
        request.RequestUri!.AbsolutePath.StartsWith("/identity", StringComparison.Ordinal) ? StepKind.Identity
        : request.Method == HttpMethod.Get || request.RequestUri.Query.Contains("_method=GET", StringComparison.OrdinalIgnoreCase)
            ? StepKind.Read
        : request.RequestUri.AbsolutePath.Contains(StateFields.ObjectApiName, StringComparison.Ordinal) ? StepKind.Commit
        : request.RequestUri.AbsolutePath.Contains(RunFields.ObjectApiName, StringComparison.Ordinal) ? StepKind.Lease
        : request.RequestUri.AbsolutePath.Contains(RejectFields.ObjectApiName, StringComparison.Ordinal) ? StepKind.Reject
        : StepKind.Write;
}
