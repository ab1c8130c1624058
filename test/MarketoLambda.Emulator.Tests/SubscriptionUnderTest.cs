using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using MarketoLambda.Emulator.Calls;
using MarketoLambda.Emulator.Identity;
using MarketoLambda.Emulator.Schema;
using MarketoLambda.Emulator.Settings;
using Microsoft.Extensions.Time.Testing;

namespace MarketoLambda.Emulator.Tests;

/// <summary>
/// An emulator on a clock that stands still, and a bare <see cref="HttpClient"/> with a token. Requests and answers stay raw JSON.
/// </summary>
internal sealed class SubscriptionUnderTest : IDisposable
{
    public const string Car = "car_c";
    public const string State = "customObjectSyncMetadata_c";
    public const string Course = "course_c";
    public const string Booking = "booking_c";

    public static readonly DateTimeOffset Start = new(2026, 9, 1, 12, 0, 0, TimeSpan.Zero);

    public SubscriptionUnderTest(Action<EmulatorOptions>? configure = null)
    {
        var options = new EmulatorOptions { AdvanceClock = Time.Advance };
        configure?.Invoke(options);
        Emulator = new MarketoEmulator(options, Time);
        Http = NewClient();
    }

    public FakeTimeProvider Time { get; } = new(Start);

    public MarketoEmulator Emulator { get; }

    public HttpClient Http { get; }

    public EmulatorOptions Options => Emulator.Options;

    /// <summary>
    /// One object of each make: all field types, a state record as the engine has it, one with links, one with a compound key.
    /// </summary>
    public SubscriptionUnderTest WithObjects()
    {
        Emulator.DefineObject(
            Car,
            "Car",
            FieldDefinition.Key("vin"),
            new("color", "string"),
            new("doors", "integer"),
            new("price", "currency"),
            new("weight", "float"),
            new("isElectric", "boolean"),
            new("builtOn", "date"),
            new("soldAt", "datetime"),
            new("notes", "text"),
            new("contact", "email"),
            new("hotline", "phone"));
        Emulator.DefineObject(
            State,
            "Custom Object Sync Metadata",
            FieldDefinition.Key("aPIName"),
            new("highWaterMarkDT", "datetime"),
            new("lastIngestedFileName", "string"),
            new("totalRecordsInEpoch", "integer"));
        Emulator.DefineObject(Course, "Course", FieldDefinition.Key("courseId"), FieldDefinition.Link("leadId", "lead", "id"));
        Emulator.DefineObject(Booking, "Booking", FieldDefinition.Key("customer"), FieldDefinition.Key("room"), new("nights", "integer"));
        return this;
    }

    public HttpClient NewClient() => new(Emulator.CreateHandler()) { BaseAddress = new Uri("https://emulated.example") };

    public async Task<string> TokenAsync() =>
        (
            await Http.GetStringAsync(
                $"/identity/oauth/token?grant_type=client_credentials&client_id={CustomService.DefaultClientId}&client_secret={CustomService.DefaultClientSecret}",
                TestContext.Current.CancellationToken))
            .AsJson()
            .GetProperty("access_token")
            .GetString()!;

    public async Task<SubscriptionUnderTest> SignInAsync()
    {
        Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", await TokenAsync());
        return this;
    }

    public async Task<JsonElement> GetAsync(string uri) => (await Http.GetStringAsync(uri, TestContext.Current.CancellationToken)).AsJson();

    public Task<JsonElement> PostAsync(string uri, [System.Diagnostics.CodeAnalysis.StringSyntax("json")] string json) =>
        PostAsync(uri, json, "application/json");

    public async Task<JsonElement> PostAsync(string uri, string body, string contentType)
    {
        using var content = new StringContent(body, Encoding.UTF8, contentType);
        using var response = await Http.PostAsync(uri, content, TestContext.Current.CancellationToken);
        Assert.Equal(System.Net.HttpStatusCode.OK, response.StatusCode);
        return (await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).AsJson();
    }

    /// <summary>A call that counts like any other, and changes nothing.</summary>
    public Task<JsonElement> AnyCallAsync() => GetAsync("/rest/v1/customobjects.json");

    public CallEntry LastCall => Emulator.Calls.Newest[^1];

    public void Dispose() => Http.Dispose();
}

/// <summary>Shorthand for looking at raw JSON.</summary>
internal static class RawJson
{
    public static JsonElement AsJson(this string text) => JsonElement.Parse(text);

    /// <summary>Code of the first error of an envelope, <c>ok</c> when it reports success.</summary>
    public static string Code(this JsonElement envelope) =>
        envelope.GetProperty("success").GetBoolean() ? "ok" : envelope.GetProperty("errors")[0].GetProperty("code").GetString()!;

    public static string Message(this JsonElement envelope) => envelope.GetProperty("errors")[0].GetProperty("message").GetString()!;

    /// <summary>An element of <c>result</c>.</summary>
    public static JsonElement Row(this JsonElement envelope, int index = 0) => envelope.GetProperty("result")[index];

    public static int Rows(this JsonElement envelope) => envelope.GetProperty("result").GetArrayLength();

    /// <summary><c>created</c>, <c>updated</c>, <c>deleted</c>, or the code for which the record was skipped.</summary>
    public static string Status(this JsonElement envelope, int index = 0) =>
        envelope.Row(index).GetProperty("status").GetString() is var status && status == "skipped"
            ? envelope.Row(index).GetProperty("reasons")[0].GetProperty("code").GetString()!
            : status!;

    public static string[] Names(this JsonElement element) => [.. element.EnumerateObject().Select(property => property.Name)];

    public static string? Text(this JsonElement element, string property) => element.GetProperty(property).GetString();
}
