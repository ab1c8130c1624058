using MarketoLambda.Cli.Alerts;
using MarketoLambda.Sync.Outages;

namespace MarketoLambda.Cli.Tests.Alerts;

public sealed class OutageFileTests : IDisposable
{
    private static readonly Outage Outage = new(
        new DateTimeOffset(2026, 11, 23, 1, 2, 3, TimeSpan.Zero),
        new DateTimeOffset(2026, 11, 23, 1, 2, 9, TimeSpan.Zero),
        3);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("marketo-lambda-test-");

    private string FilePath => Path.Combine(_folder.FullName, "sub", "outages.json");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void The_next_process_knows_what_this_one_kept()
    {
        // When
        new OutageFile(FilePath).Keep("car_c", Outage);
        new OutageFile(FilePath).Keep("bike_c", Outage with { AlertedAt = null });

        // Then
        Assert.Equal(Outage, new OutageFile(FilePath).Find("CAR_C"));
        Assert.Equal(Outage with { AlertedAt = null }, new OutageFile(FilePath).Find("bike_c"));
        Assert.Null(new OutageFile(FilePath).Find("plane_c"));
        Assert.Single(Directory.GetFiles(Path.GetDirectoryName(FilePath)!));
    }

    [Fact]
    public void When_the_last_outage_is_over_the_file_goes()
    {
        // Given
        OutageFile file = new(FilePath);
        file.Keep("car_c", Outage);
        file.Keep("bike_c", Outage);

        // When
        file.Keep("Car_C", outage: null);
        Assert.True(File.Exists(FilePath));
        file.Keep("bike_c", null);

        // Then
        Assert.False(File.Exists(FilePath));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("null")]
    [InlineData("[1]")]
    [InlineData("""{ "car_c": 1 }""")]
    [InlineData("""{ "car_c": null }""")]
    [InlineData("""{ "car_c": { "since": "yesterday" } }""")]
    [InlineData(
        """{ "car_c": { "since": "2026-11-23T01:02:03Z", "failedRuns": 1 }, "CAR_C": { "since": "2026-11-23T01:02:03Z", "failedRuns": 1 } }"""
    )]
    public void A_file_that_makes_no_sense_is_no_memory_and_is_replaced(string text)
    {
        // Given
        Directory.CreateDirectory(Path.GetDirectoryName(FilePath)!);
        File.WriteAllText(FilePath, text);
        OutageFile file = new(FilePath);

        // Then
        Assert.Null(file.Find("car_c"));

        // When
        file.Keep("car_c", Outage);

        // Then
        Assert.Equal(Outage, file.Find("car_c"));
    }

    [Fact]
    public void A_place_that_cannot_be_written_to_fails_nobody()
    {
        // Given: a folder where the file should be
        Directory.CreateDirectory(FilePath);
        OutageFile file = new(FilePath);

        // When
        file.Keep("car_c", Outage);
        file.Keep("car_c", null);

        // Then
        Assert.Null(file.Find("car_c"));
    }
}
