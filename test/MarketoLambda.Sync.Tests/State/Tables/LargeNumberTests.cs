using System.Text;
using MarketoLambda.Marketo.Records;
using MarketoLambda.Sync.Rejects;
using MarketoLambda.Sync.Sources;
using MarketoLambda.Sync.State;
using MarketoLambda.Sync.State.Tables;

namespace MarketoLambda.Sync.Tests.State.Tables;

/// <summary>Marketo's integers have 32 bits; ids and counts have more.</summary>
public sealed class LargeNumberTests
{
    [Theory]
    [InlineData("integer", "2147483647")]
    [InlineData("string", "\"5000000000\"")]
    [InlineData("currency", "5000000000")]
    public void A_count_beyond_32_bits_is_written_as_its_field_can_hold_it(string dataType, string written)
    {
        // Given
        RecordTypeDescription described = new(
            StateFields.ObjectApiName,
            "",
            ["aPIName"],
            [
                new("aPIName", "", "string", Length: 255, IsUpdateable: true),
                new("totalRecordsInEpoch", "", dataType, Length: null, IsUpdateable: true),
            ]);
        BoundTable bound = new(StateFields.Definition, described);

        // When
        var json = bound.Encode("aPIName", "car_c", [(StateFields.TotalRecordsInEpoch, 5_000_000_000L)]);

        // Then
        Assert.Equal($$"""{"aPIName":"car_c","totalRecordsInEpoch":{{written}}}""", Encoding.UTF8.GetString(json.Json.Span));
    }

    [Theory]
    [InlineData("product", 0)]
    [InlineData("product", 2_147_483_647)]
    [InlineData("product", 2_147_483_648)]
    [InlineData("my row 7", 9_223_372_036_854_775_807)]
    [InlineData("my row 5000000000", 3)]
    public void A_place_is_read_as_it_was_kept(string container, long row)
    {
        // Given
        SourceLocation location = new(container, row);

        // Then
        Assert.Equal(location, KeptLocation.Read(KeptLocation.ContainerOf(location), KeptLocation.RowOf(location)));
        Assert.InRange(KeptLocation.RowOf(location) ?? 0, 0, int.MaxValue);
    }
}
