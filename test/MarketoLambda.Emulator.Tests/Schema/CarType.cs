using System.Text.Json;

namespace MarketoLambda.Emulator.Tests.Schema;

/// <summary>The calls that make the object "car" of the tests.</summary>
internal static class CarType
{
    public const string Types = "/rest/v1/customobjects/schema.json";
    public const string Car = "/rest/v1/customobjects/schema/car";

    public static Task<JsonElement> CreateCarAsync(this SubscriptionUnderTest marketo) =>
        marketo.PostAsync(Types, """{"action":"createOnly","apiName":"car","displayName":"Car"}""");

    public static Task<JsonElement> AddFieldsAsync(this SubscriptionUnderTest marketo, string fields) =>
        marketo.PostAsync($"{Car}/addField.json", $$"""{"input":[{{fields}}]}""");

    public static Task<JsonElement> ApproveCarAsync(this SubscriptionUnderTest marketo) => marketo.PostAsync($"{Car}/approve.json", "");

    public static Task<JsonElement> DescribeCarAsync(this SubscriptionUnderTest marketo, string query = "") =>
        marketo.GetAsync($"{Car}/describe.json{query}");

    public static async Task CreateAndApproveCarAsync(this SubscriptionUnderTest marketo)
    {
        await marketo.CreateCarAsync();
        await marketo.AddFieldsAsync("""{"name":"vin","displayName":"VIN","dataType":"string","isDedupeField":true}""");
        Assert.Equal("ok", (await marketo.ApproveCarAsync()).Code());
    }

    public static string Fields(int first, int count, bool isKey = false) =>
        string.Join(
            ',',
            Enumerable
                .Range(first, count)
                .Select(number =>
                    $$"""{"name":"field{{number}}","displayName":"Field {{number}}","dataType":"string","isDedupeField":{{(isKey ? "true" : "false")}}}"""
                ));

    public static string?[] FieldNames(JsonElement type) =>
        [.. type.GetProperty("fields").EnumerateArray().Select(field => field.Text("name"))];
}
