using System.Text;
using MarketoLambda.Emulator.Schema;
using MarketoLambda.Sync.Jobs;
using MarketoLambda.Sync.State;
using MarketoLambda.Testing;

namespace MarketoLambda.Sources.Tests.Salesforce;

/// <summary>Half a character, a NUL or bytes that are no UTF-8 in a record cost that record, wherever it comes from, and no other
/// one.</summary>
public sealed class UnsoundTextTests
{
    private const string Mark = "MARK";

    public static TheoryData<string, string, byte[]> Forms => new()
    {
        { "half an emoji, escaped", "", Encoding.ASCII.GetBytes(@"\ud83d") },
        { "the other half, escaped", "", Encoding.ASCII.GetBytes(@"\udE00") },
        { "a NUL, escaped", "", Encoding.ASCII.GetBytes(@"\u0000") },
        { "a NUL as it is", "", [0] },
        { "bytes that are no UTF-8", "", [0xFF, 0xFE] },
        { "half an emoji as bytes", "", [0xED, 0xA0, 0xBD] },
        { "a control character", "", Encoding.ASCII.GetBytes(@"\u000b") },
        { "a NUL in a bulk result", "\"bulkAbove\": 0", [0] },
        { "bytes that are no UTF-8 in a bulk result", "\"bulkAbove\": 0", [0xFF] },
        { "half an emoji in a bulk result", "\"bulkAbove\": 0", [0xED, 0xA0, 0xBD] },
    };

    [Theory]
    [MemberData(nameof(Forms))]
    public void It_is_rejected_with_its_place_and_all_others_arrive_case_36(string what, string section, byte[] form)
    {
        // Given
        _ = what; // for the test's name
        SyncScenario scenario = new();
        scenario.Marketo.DefineObject("asset_c", "Asset", FieldDefinition.Key("serialNumber"),
            new FieldDefinition("productName", "string"));
        var crm = new Crm(org =>
            org.PageSize = 2, scenario.Time)
        { Section = section, Network = Rewriting.Bodies("", body => Replaced(body, form)) };
        crm.Put(1, "ok").After(TimeSpan.FromSeconds(1)).Put(2, $"cut {Mark}").Put(3, "whole 😀").After(TimeSpan.FromSeconds(1)).Put(4,
            "ok").After(TimeSpan.FromMinutes(5));
        scenario.Job = new SyncJob("asset_c", crm.Source(), ["serialNumber"],
            [new FieldMapping("serialNumber", "SerialNumber"), new FieldMapping("productName", "Name")])
        { StopAbovePercentRejected = 100 };
        scenario.Initialized();
        // When
        var first = scenario.Run();
        var reject = Assert.Single(scenario.Rejects.Stored);
        var second = scenario.Run();
        // Then
        Assert.Equal((RunOutcome.Succeeded, 3L, 1L), (first.Outcome, first.Accepted, first.Rejected));
        Assert.Equal(["sn-1=ok", "sn-3=whole 😀", "sn-4=ok"],
            scenario.Marketo.Records("asset_c").Select(record =>
                $"{record["serialNumber"]}={record["productName"]}").Order(StringComparer.Ordinal));
        Assert.Equal(("invalid-text", $"Asset {crm.Assets.Id(2)}", "sn-2"), (reject.Code, reject.Location.ToString(), reject.Key));
        Assert.NotEqual(RunOutcome.Failed, second.Outcome);
    }

    private static byte[] Replaced(byte[] body, byte[] form)
    {
        var at = body.AsSpan().IndexOf(Encoding.ASCII.GetBytes(Mark));
        return at < 0 ? body : [.. body[..at], .. form, .. body[(at + Mark.Length)..]];
    }
}
