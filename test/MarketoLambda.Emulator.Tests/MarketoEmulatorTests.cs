using MarketoLambda.Emulator.Schema;

namespace MarketoLambda.Emulator.Tests;

public sealed class MarketoEmulatorTests
{
    [Fact]
    public void An_object_marketo_would_refuse_can_not_be_defined()
    {
        // Given
        using var marketo = new SubscriptionUnderTest().WithObjects();
        // Then
        Assert.Equal(
            "car_c: 1017 Object already exists",
            Refused(() => marketo.Emulator.DefineObject("car_c", "Other", FieldDefinition.Key("a"))));
        Assert.StartsWith(
            "keyless_c: 1003 An object needs 1 to 3 dedupe fields",
            Refused(() => marketo.Emulator.DefineObject("keyless_c", "Keyless", new FieldDefinition("a", "string"))),
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_record_marketo_would_skip_can_not_be_seeded()
    {
        // Given
        using var marketo = new SubscriptionUnderTest().WithObjects();
        // Then
        Assert.Equal("car_c: 1006 Field 'nope' not found", Refused(() => marketo.Emulator.Seed("car_c", """{"vin":"a","nope":1}""")));
        Assert.Equal("car_c: 1003 Dedupe field 'vin' is missing", Refused(() => marketo.Emulator.Seed("car_c", """{"color":"red"}""")));
        Assert.Equal("There is no object bus_c", Refused(() => marketo.Emulator.Seed("bus_c", "{}")));
    }

    [Fact]
    public void Records_are_seen_with_all_their_fields()
    {
        // Given
        using var marketo = new SubscriptionUnderTest().WithObjects();
        // When
        var guid = marketo.Emulator.Seed("car_c", """{"vin":"a","doors":4,"isElectric":false,"soldAt":"2026-01-02T03:04:05+01:00"}""");
        // Then
        var car = Assert.Single(marketo.Emulator.Records("car_c"));
        Assert.Equal((guid, "a", SubscriptionUnderTest.Start), (car.MarketoGuid, car.Key, car.CreatedAt));
        Assert.Equal(("4", "False", "2026-01-02T02:04:05Z", null), (car["doors"], car["isElectric"], car["soldAt"], car["color"]));
    }

    [Fact]
    public async Task A_defined_object_is_usable_at_once_whatever_the_approval_delay()
    {
        // Given
        using var marketo = await new SubscriptionUnderTest(options => options.Quirks.ApprovalDelay = TimeSpan.FromMinutes(1))
            .WithObjects()
            .SignInAsync();
        // When
        var car = (await marketo.GetAsync("/rest/v1/customobjects/car_c/describe.json")).Row();
        // Then
        Assert.Equal("2026-09-01T12:00:00Z", car.Text("createdAt"));
    }

    [Fact]
    public async Task A_reset_leaves_nothing_but_the_options()
    {
        // Given
        using var marketo = await new SubscriptionUnderTest(options => options.DailyQuota = 7).WithObjects().SignInAsync();
        marketo.Emulator.Faults.Unreachable = true;
        // When
        marketo.Emulator.Reset();
        // Then
        Assert.Empty(marketo.Emulator.ObjectNames);
        Assert.Equal(0, marketo.Emulator.Calls.Arrived);
        Assert.Equal("601", (await marketo.AnyCallAsync()).Code());
        Assert.Equal(7, marketo.Options.DailyQuota);
    }

    private static string Refused(Action action) => Assert.Throws<InvalidOperationException>(action).Message;
}
