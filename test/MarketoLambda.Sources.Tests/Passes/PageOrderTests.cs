using MarketoLambda.Sync.Sources;
using static MarketoLambda.Sources.Tests.Passes.PassReading;

namespace MarketoLambda.Sources.Tests.Passes;

/// <summary>
/// A table that does not find its own rows again must stop the import: its pages would come for ever, and other rows never.
/// </summary>
public sealed class PageOrderTests
{
    [Theory]
    [InlineData("begins anew")]
    [InlineData("begins a little before")]
    [InlineData("takes every id for the same one")]
    [InlineData("goes in a circle")]
    [InlineData("forgets the time")]
    public async Task Page_that_does_not_begin_behind_the_row_asked_for_is_refused(string mistake)
    {
        // Given
        var table = Ties();
        table.Mistake = place =>
            place is null
                ? null
                : mistake switch
                {
                    "begins anew" => null,
                    "begins a little before" => place with { Cursor = place.Cursor.AddTicks(-1) },
                    "takes every id for the same one" => place with { Id = "row-03" },
                    "goes in a circle" => place with
                    {
                        Id = place.Id switch
                        {
                            "row-05" => "row-08",
                            "row-11" => "row-02",
                            _ => place.Id,
                        },
                    },
                    _ => place with { Cursor = DateTime.UnixEpoch },
                };
        await using var reader = await table.OpenAsync(
            new ReadRequest(Checkpoint.Start, ["id"], 1000),
            TestContext.Current.CancellationToken);

        // When
        var read = 0;
        var refusal = await Assert.ThrowsAsync<SourceException>(async () =>
        {
            for (; read < 100; read++)
            {
                await reader.ReadAsync(TestContext.Current.CancellationToken);
            }
        });

        // Then
        Assert.StartsWith(
            "products hands out rows again that came before, so it cannot be read in the order of \"changed_at\" and its id",
            refusal.Message,
            StringComparison.Ordinal);
        Assert.InRange(read, 2, 12);
    }

    [Fact]
    public async Task Row_that_is_deleted_and_comes_again_behind_its_old_place_is_no_mistake()
    {
        // Given
        var table = Ties();
        table.BeforePage = page => _ = page == 3 ? table.Put("row-03", At("11:00:00")) : table;

        // When
        var (items, _, _, _) = await table.ReadAsync();

        // Then
        Assert.Equal(13, items.Ids().Length);
    }

    private static MemoryTable Ties()
    {
        MemoryTable table = new();
        for (var number = 0; number < 12; number++)
        {
            table.Put($"row-{number:00}", At("10:00:00"));
        }

        return table;
    }
}
