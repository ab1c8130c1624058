using MarketoLambda.Sources.Passes;
using MarketoLambda.Sync.Sources;
using static MarketoLambda.Sources.Tests.Passes.PassReading;

namespace MarketoLambda.Sources.Tests.Passes;

public sealed class PassPositionTests
{
    [Theory]
    [InlineData(DateTimeKind.Utc)]
    [InlineData(DateTimeKind.Unspecified)]
    public void Position_survives_being_stored_with_seven_decimals_its_kind_and_whatever_is_in_the_id(DateTimeKind kind)
    {
        // Given
        CursorPlace place = new(new DateTime(2026, 10, 25, 2, 30, 0, kind).AddTicks(1234567), "ø \"quoted\" \\ \u0001 日本");
        PassPosition position = new(new UnfinishedPass(new PassBounds(At("09:00:00"), At("10:00:00")), place), At("08:00:00"));

        // When
        var read = PassPosition.Parse(new Checkpoint { Resume = position.ToJson() });

        // Then
        Assert.Equal(position, read);
        Assert.Equal(kind, read.Unfinished!.Last.Cursor.Kind);
    }

    [Theory]
    [InlineData("""{"v":1,"shown":"2026-11-04T11:59:00Z"}""")]
    [InlineData(
        """{"v":1,"full":"2026-11-04T10:00:00Z","mark":"2026-11-04T11:58:00Z","shown":"2026-11-04T11:59:00.5Z","read":"2026-11-04T12:00:00Z"}"""
    )]
    [InlineData(
        """{"v":1,"mark":"2026-11-04T11:58:00Z","shown":"2026-11-04T11:59:00.5Z","upper":"2026-11-04T11:59:00Z","ts":"2026-11-04T10:00:00Z","id":"a"}"""
    )]
    public void Position_of_a_source_that_lags_survives_being_stored(string resume) =>
        Assert.Equal(resume, PassPosition.Parse(new Checkpoint { Resume = resume }).ToJson());

    [Theory]
    [InlineData("""{"v":1,"read":"2026-11-04T12:00:00Z"}""")]
    [InlineData("""{"v":1,"mark":"2026-11-04T12:00:00Z"}""")]
    [InlineData("""{"v":2,"full":"2026-11-04T11:59:00Z"}""")]
    [InlineData("""{"v":1,"upper":"2026-11-04T11:59:00Z","ts":"2026-11-04T11:00:00Z"}""")]
    [InlineData("""{"v":1,"upper":"2026-11-04T11:59:00Z","ts":"yesterday","id":"a"}""")]
    [InlineData("""{"v":1,"upper":"2026-11-04T11:59:00Z","ts":"2026-11-04T11:00:00+02:00","id":"a"}""")]
    [InlineData("""{"v":1,"upper":null,"ts":"2026-11-04T11:00:00Z","id":"a"}""")]
    [InlineData("""{"v":1,"rows":4}""")]
    [InlineData("""{"upper":"2026-11-04T11:59:00Z"}""")]
    [InlineData("[]")]
    [InlineData("orders-07.csv")]
    public async Task Position_that_this_program_did_not_write_is_refused(string resume)
    {
        // When
        var refusal = await Assert.ThrowsAsync<SourceException>(() => new MemoryTable().ReadAsync(new Checkpoint { Resume = resume }));

        // Then
        Assert.StartsWith("The stored resume position is not one this program understands", refusal.Message, StringComparison.Ordinal);
    }
}
