using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using MarketoLambda.Sync.Leases;
using MarketoLambda.Sync.Mapping;
using MarketoLambda.Sync.Rejects;
using MarketoLambda.Sync.State;
using MarketoLambda.Testing.Simulation;

namespace MarketoLambda.Sync.Tests.Simulation;

/// <summary>Stands between a sound engine and the world, and makes of it an engine with a bug, as seen from either side.</summary>
internal abstract class Saboteur(HttpMessageHandler world) : DelegatingHandler(world)
{
    protected sealed override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (request.Content is null || request.Method != HttpMethod.Post)
        {
            return await base.SendAsync(request, cancellationToken);
        }

        var body = JsonNode.Parse(await request.Content.ReadAsStringAsync(cancellationToken))!;
        var input = body["input"]!.AsArray();
        var isAbout = (string apiName) => request.RequestUri!.AbsolutePath.Contains(apiName, StringComparison.Ordinal);
        if (isAbout(RunFields.ObjectApiName))
        {
            return await base.SendAsync(request, cancellationToken);
        }

        if (isAbout(RejectFields.ObjectApiName))
        {
            OnRejects(input);
            request.Content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json");
            return await SendRejectsAsync(input, () => base.SendAsync(request, cancellationToken));
        }

        if (isAbout(StateFields.ObjectApiName))
        {
            OnCommit(input[0]!.AsObject());
        }
        else
        {
            OnRecords(input);
        }

        request.Content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json");
        return isAbout(StateFields.ObjectApiName)
            ? await base.SendAsync(request, cancellationToken)
            : await SendRecordsAsync(input, () => base.SendAsync(request, cancellationToken));
    }

    /// <summary>A commit is about to leave.</summary>
    protected virtual void OnCommit(JsonObject state)
    {
    }

    /// <summary>Records of rejects are about to leave.</summary>
    protected virtual void OnRejects(JsonArray rejects)
    {
    }

    /// <summary>Records are about to leave.</summary>
    protected virtual void OnRecords(JsonArray records)
    {
    }

    /// <summary>Sends records and hands on an answer.</summary>
    protected virtual Task<HttpResponseMessage> SendRecordsAsync(JsonArray records, Func<Task<HttpResponseMessage>> send) => send();

    /// <summary>Sends records of rejects and hands on an answer.</summary>
    protected virtual Task<HttpResponseMessage> SendRejectsAsync(JsonArray rejects, Func<Task<HttpResponseMessage>> send) => send();

    /// <summary>The answer that says that Marketo took all of them.</summary>
    protected static HttpResponseMessage AllTaken(JsonArray records) =>
        Answer(
            new JsonObject
            {
                ["success"] = true,
                ["result"] = new JsonArray([
                    .. records.Select((_, seq) => JsonNode.Parse($$"""{"seq":{{seq}},"status":"updated","marketoGUID":"0"}""")),
                ]),
            }
        );

    protected static async Task<JsonNode?> ReadAsync(HttpResponseMessage response)
    {
        try
        {
            return JsonNode.Parse(await response.Content.ReadAsByteArrayAsync(CancellationToken.None));
        }
        catch (System.Text.Json.JsonException)
        {
            return null;
        }
    }

    protected static HttpResponseMessage Answer(JsonNode envelope) =>
        new(HttpStatusCode.OK) { Content = new StringContent(envelope.ToJsonString(), Encoding.UTF8, "application/json") };

    /// <summary>The answer that says a call was not executed and may be repeated soon.</summary>
    protected static HttpResponseMessage NotExecuted() =>
        Answer(JsonNode.Parse("""{"requestId":"1","success":false,"errors":[{"code":"719","message":"Lock wait timeout exception"}]}""")!);
}

/// <summary>The position follows the newest acknowledged record instead of the finished prefix.</summary>
internal sealed class MarkOfNewestAcknowledged(HttpMessageHandler world) : Saboteur(world)
{
    private int _newest;

    protected override async Task<HttpResponseMessage> SendRecordsAsync(JsonArray records, Func<Task<HttpResponseMessage>> send)
    {
        var response = await send();
        _newest = response.IsSuccessStatusCode
            ? Math.Max(_newest, records.Max(record => (int)record![SimulatedJob.VersionField]!))
            : _newest;
        return response;
    }

    protected override void OnCommit(JsonObject state)
    {
        if (_newest > 0)
        {
            state["resumePosition"] = $"{{\"rows\":{_newest}}}";
        }
    }
}

/// <summary>A lost connection and "System error" pass for not executed: the call is repeated within seconds.</summary>
internal sealed class AmbiguousTakenForNotExecuted(HttpMessageHandler world) : Saboteur(world)
{
    protected override async Task<HttpResponseMessage> SendRecordsAsync(JsonArray records, Func<Task<HttpResponseMessage>> send)
    {
        try
        {
            var response = await send();
            return (string?)(await ReadAsync(response))?["errors"]?[0]?["code"] == "611" ? NotExecuted() : response;
        }
        catch (HttpRequestException)
        {
            return NotExecuted();
        }
    }
}

/// <summary>Gives up after five seconds and sends again, while Marketo is still at the first try.</summary>
internal sealed class ImpatientResend(SimulatedWorld simulation, HttpMessageHandler world) : Saboteur(world)
{
    protected override async Task<HttpResponseMessage> SendRecordsAsync(JsonArray records, Func<Task<HttpResponseMessage>> send)
    {
        var answer = send();
        await Task.WhenAny(answer, Task.Delay(TimeSpan.FromSeconds(5), simulation.Time));
        return answer.IsCompleted ? await answer : NotExecuted();
    }
}

/// <summary>Results that are missing at the end of an answer pass for success.</summary>
internal sealed class ShortResultAccepted(HttpMessageHandler world) : Saboteur(world)
{
    protected override async Task<HttpResponseMessage> SendRecordsAsync(JsonArray records, Func<Task<HttpResponseMessage>> send)
    {
        var response = await send();
        if (await ReadAsync(response) is not { } envelope || envelope["result"] is not JsonArray result)
        {
            return response;
        }

        while (result.Count < records.Count)
        {
            result.Add(JsonNode.Parse($$"""{"seq":{{result.Count}},"status":"updated","marketoGUID":"0"}"""));
        }

        return Answer(envelope);
    }
}

/// <summary>A record that Marketo skipped passes for accepted.</summary>
internal sealed class SkippedAccepted(HttpMessageHandler world) : Saboteur(world)
{
    protected override async Task<HttpResponseMessage> SendRecordsAsync(JsonArray records, Func<Task<HttpResponseMessage>> send)
    {
        var response = await send();
        if (await ReadAsync(response) is not { } envelope || envelope["result"] is not JsonArray result)
        {
            return response;
        }

        foreach (var record in result)
        {
            record!["status"] = "updated";
        }

        return Answer(envelope);
    }
}

/// <summary>Acknowledged before it is executed: the next batch with the same key leaves while this one is on its way.</summary>
internal sealed class SecondKeyInFlight(HttpMessageHandler world) : Saboteur(world)
{
    protected override async Task<HttpResponseMessage> SendRecordsAsync(JsonArray records, Func<Task<HttpResponseMessage>> send)
    {
        var answer = send();
        if (answer.IsCompleted)
        {
            return await answer;
        }

        return AllTaken(records);
    }
}

/// <summary>Of several versions of a key in a call the earliest is sent.</summary>
internal sealed class SupersededKeepsTheEarlier(SimulatedWorld simulation, HttpMessageHandler world) : Saboteur(world)
{
    private const int RowsOfACall = 12;

    protected override void OnRecords(JsonArray records)
    {
        foreach (var record in records)
        {
            var version = (int)record![SimulatedJob.VersionField]!;
            var key = (string?)record[SimulatedJob.KeyField];
            record[SimulatedJob.VersionField] = Enumerable.Range(Math.Max(1, version - RowsOfACall), version)
                .First(row => row == version || simulation.Jobs[0].Source.Rows[row - 1].Key == key);
        }
    }
}

/// <summary>A reject stays open although a newer version of its record is sent.</summary>
internal sealed class SupersededStayOpen(HttpMessageHandler world) : Saboteur(world)
{
    protected override Task<HttpResponseMessage> SendRejectsAsync(JsonArray rejects, Func<Task<HttpResponseMessage>> send) =>
        (string?)rejects[0]!["stage"] == "superseded" ? Task.FromResult(AllTaken(rejects)) : send();
}

/// <summary>A reject can still be tried again while a newer version of its record is on its way.</summary>
internal sealed class HeldStayOpen(HttpMessageHandler world) : Saboteur(world)
{
    protected override void OnRejects(JsonArray rejects)
    {
        foreach (var reject in rejects.Where(reject => (string?)reject!["stage"] == "held"))
        {
            reject!["stage"] = "open";
        }
    }
}

/// <summary>A reject is over as soon as what may be a newer version of it is sent.</summary>
internal sealed class HeldAreClosed(HttpMessageHandler world) : Saboteur(world)
{
    protected override void OnRejects(JsonArray rejects)
    {
        foreach (var reject in rejects.Where(reject => (string?)reject!["stage"] == "held"))
        {
            reject!["stage"] = "superseded";
        }
    }
}

/// <summary>
/// Of several versions of a record the older ones stay open when a newer one is accepted, as long as none of them is new.
/// </summary>
internal sealed class OlderVersionsStayOpen(HttpMessageHandler world) : Saboteur(world)
{
    protected override void OnRejects(JsonArray rejects)
    {
        foreach (var reject in rejects.Where(reject => (string?)reject!["stage"] is "held" or "superseded"))
        {
            reject!["stage"] = "open";
        }
    }
}

/// <summary>A reject that Marketo took at a later try stays open.</summary>
internal sealed class ResolvedStayOpen(HttpMessageHandler world) : Saboteur(world)
{
    protected override Task<HttpResponseMessage> SendRejectsAsync(JsonArray rejects, Func<Task<HttpResponseMessage>> send) =>
        (string?)rejects[0]!["stage"] == "resolved" ? Task.FromResult(AllTaken(rejects)) : send();
}

/// <summary>Rejects pass for stored before they are.</summary>
internal sealed class RejectsNotAwaited(HttpMessageHandler world) : Saboteur(world)
{
    protected override Task<HttpResponseMessage> SendRejectsAsync(JsonArray rejects, Func<Task<HttpResponseMessage>> send)
    {
        _ = send();
        return Task.FromResult(AllTaken(rejects));
    }
}

/// <summary>The number of the next reject is not stored with the position.</summary>
internal sealed class NextRejectForgotten(HttpMessageHandler world) : Saboteur(world)
{
    protected override void OnCommit(JsonObject state) => state.Remove("nextReject");
}

/// <summary>Rejects are stored half a minute after they are reported as stored.</summary>
internal sealed class RejectsStoredLater(SimulatedWorld simulation, IRejectSink store) : IRejectSink
{
    public string Describe(string apiName) => store.Describe(apiName);

    public Task StoreAsync(string apiName, IReadOnlyList<RejectedRecord> rejects, CancellationToken cancellationToken)
    {
        _ = LaterAsync(apiName, rejects);
        return Task.CompletedTask;
    }

    private async Task LaterAsync(string apiName, IReadOnlyList<RejectedRecord> rejects)
    {
        await Task.Delay(TimeSpan.FromSeconds(30), simulation.Time);
        await store.StoreAsync(apiName, rejects, CancellationToken.None);
    }
}
