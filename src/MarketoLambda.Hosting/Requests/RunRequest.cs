using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace MarketoLambda.Hosting.Requests;

/// <summary>Somebody asks for a run. Travels as a message on a queue that delivers at least once, one at a time for each job.</summary>
/// <param name="Job">API name of the object to import into, or <see cref="EveryJob"/>.</param>
/// <param name="Trigger">Who asks.</param>
/// <param name="RequestId">The occasion: requests of the same occasion are one request.</param>
/// <param name="Continuation">A run that needs more time than its host has goes on as 2, 3 …; messages call it <c>part</c>.</param>
public sealed record RunRequest(
    string Job,
    RunTrigger Trigger = RunTrigger.Manual,
    string RequestId = "",
    [property: JsonPropertyName("part")] int Continuation = 1)
{
    /// <summary>Stands for all jobs of the job file.</summary>
    public const string EveryJob = "*";

    /// <summary>The round that the request is part of; null where no other job waits for this one.</summary>
    public RequestRound? Round { get; init; }

    /// <summary>Equal for equal requests and safe for any queue, whatever people wrote into a message by hand.</summary>
    [JsonIgnore]
    public string DeduplicationId =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{Job}|{Trigger}|{RequestId}|{Continuation}{Waiting}")));

    /// <summary>
    /// Reads a message: <c>{"job":"product_c","trigger":"schedule","requestId":"2026-11-24T03:00:00Z"}</c>; only the job is required.
    /// </summary>
    /// <exception cref="RunRequestException">It is no run request.</exception>
    public static RunRequest Parse(string message)
    {
        try
        {
            return JsonSerializer.Deserialize(message, RequestJson.Default.RunRequest) is { Job.Length: > 0 } request
                ? request
                : throw new RunRequestException("The message names no job. Send {\"job\":\"<API name>\"}, or \"*\" for every job.");
        }
        catch (JsonException)
        {
            // What it says instead is not repeated: it may be anything
            throw new RunRequestException("The message is not a run request. Send {\"job\":\"<API name>\"}, or \"*\" for every job.");
        }
    }

    /// <summary>The jobs behind this one: without them it would be another request, which asks for less.</summary>
    private string Waiting => Round is null ? "" : $"|{string.Join('|', Round.Then)}";

    public string ToJson() => JsonSerializer.Serialize(this, RequestJson.Default.RunRequest);
}

/// <summary>Who asks for a run.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<RunTrigger>))]
public enum RunTrigger
{
    /// <summary>A person.</summary>
    [JsonStringEnumMemberName("manual")]
    Manual,

    [JsonStringEnumMemberName("schedule")]
    Schedule,

    /// <summary>Marketo.</summary>
    [JsonStringEnumMemberName("webhook")]
    Webhook,

    /// <summary>A run whose time was up.</summary>
    [JsonStringEnumMemberName("continuation")]
    Continuation,
}

/// <summary>The message can never lead to a run, however often it is delivered.</summary>
internal class RunRequestException(string message) : Exception(message);

/// <summary>The message names a job that the job file does not have.</summary>
internal sealed class UnknownJobException() : RunRequestException("The message names a job that the job file does not have.");
