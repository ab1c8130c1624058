using System.Diagnostics;
using System.Globalization;
using MarketoLambda.Sources.Csv;
using MarketoLambda.Sources.Tests.Support;
using MarketoLambda.Sync.Sources;

namespace MarketoLambda.Sources.Tests.Files;

/// <summary>Five years of hourly files, and a folder of 50,000, with the room that a field of Marketo has.</summary>
public sealed class LargeFolderTests(ITestOutputHelper output) : IDisposable
{
    private const int Room = 2000;

    private static readonly CsvFolderOptions Options = Drop.Options with { SettleTime = TimeSpan.Zero };

    private readonly DropFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(43_800)]
    [InlineData(50_000)]
    public async Task Nothing_new_is_found_without_a_call_and_a_repaired_file_with_three(int count)
    {
        // Given
        MemoryFolder memory = new();
        for (var hour = 0; hour < count; hour++)
        {
            memory.Write(Name(hour), "id\n1\n", Drop.Noon.AddHours(hour - count));
        }

        CsvFolderSource source = new(memory, Options, _folder.Clock);
        var known = await source.ForgetAsync(Request(Checkpoint.Start), "z", TestContext.Current.CancellationToken);
        // When
        var watch = Stopwatch.StartNew();
        var nothing = await ReadAsync(source, known.Checkpoint);
        watch.Stop();
        var readsOfNothing = _folder.History.Reads;
        memory.Write(Name(7), "id\nrepaired\n", Drop.Noon.AddHours(7 - count));
        var repaired = await ReadAsync(source, known.Checkpoint);
        // Then
        output.WriteLine(
            $"{count} files: nothing new after {watch.ElapsedMilliseconds} ms; {_folder.History.Pages.Count} pages, "
                + $"{_folder.History.Reads} calls for a repaired file"
        );
        Assert.Equal(count, known.Count);
        Assert.Empty(nothing.Items);
        Assert.Equal(0, readsOfNothing);
        Assert.Equal(["repaired"], repaired.Ids);
        Assert.InRange(_folder.History.Reads, 1, 3);
        Assert.True(
            watch.Elapsed < TimeSpan.FromSeconds(5),
            $"nothing new took {watch.Elapsed}; alone on a machine it is a tenth of a second");
    }

    private static string Name(int hour) =>
        string.Create(CultureInfo.InvariantCulture, $"orders-{Drop.Noon.AddHours(hour):yyyy-MM-dd-HH}.csv");

    private ReadRequest Request(Checkpoint from) => new(from, ["id"], Room) { History = _folder.History };

    private async Task<Reading> ReadAsync(CsvFolderSource source, Checkpoint from)
    {
        await using var reader = await source.OpenAsync(Request(from), TestContext.Current.CancellationToken);
        return await Reading.OfAsync(reader);
    }
}
