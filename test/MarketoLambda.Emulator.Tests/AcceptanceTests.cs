namespace MarketoLambda.Emulator.Tests;

public sealed class AcceptanceTests
{
    [Fact]
    public async Task A_state_record_is_found_by_a_differently_cased_filter_and_shows_exactly_the_fields_asked_for()
    {
        // Given
        using var marketo = await new SubscriptionUnderTest().WithObjects().SignInAsync();
        marketo.Emulator.Seed(SubscriptionUnderTest.State, """
            {"aPIName":"implementedProductV1_c","highWaterMarkDT":"2023-12-24T13:34:56+01:00","lastIngestedFileName":"products-2023-12-24.csv","totalRecordsInEpoch":7}
            """);
        marketo.Emulator.Seed(SubscriptionUnderTest.State, """{"aPIName":"other_c"}""");
        // When
        var answer = await marketo.GetAsync(
            "/rest/v1/customobjects/customObjectSyncMetadata_c.json?filterType=apiName&filterValues=implementedProductV1_c&fields=highWaterMarkDT,lastIngestedFileName"
        );
        // Then
        Assert.Equal(1, answer.Rows());
        Assert.Equal(
            ["aPIName", "highWaterMarkDT", "lastIngestedFileName", "marketoGUID", "seq"],
            answer.Row().Names().Order(StringComparer.Ordinal));
        Assert.Equal("2023-12-24T12:34:56Z", answer.Row().Text("highWaterMarkDT"));
        Assert.Equal("products-2023-12-24.csv", answer.Row().Text("lastIngestedFileName"));
        Assert.Equal("implementedProductV1_c", answer.Row().Text("aPIName"));
    }
}
