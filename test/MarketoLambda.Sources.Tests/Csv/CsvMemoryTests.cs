using MarketoLambda.Sources.Tests.Support;

namespace MarketoLambda.Sources.Tests.Csv;

[Collection(TestsThatRunAlone.Name)]
public sealed class CsvMemoryTests
{
    [Fact]
    public async Task A_large_file_is_read_without_keeping_its_rows()
    {
        // Given
        const int rows = 200_000;
        using var folder = new DropFolder();
        var path = Path.Combine(folder.Path, "a.csv");
        await using (var writer = new StreamWriter(path))
        {
            await writer.WriteAsync("id,text\n");
            for (var i = 0; i < rows; i++)
            {
                await writer.WriteAsync($"{i},{new string('x', 100)}\n");
            }
        }

        File.SetLastWriteTimeUtc(path, Drop.Noon.UtcDateTime.AddHours(-1));
        await using var reader = await folder.OpenAsync(columns: ["id", "text"]);
        await reader.ReadAsync(TestContext.Current.CancellationToken);
        var before = GC.GetTotalMemory(forceFullCollection: true);
        // When
        var read = 1;
        var most = 0L;
        while (await reader.ReadAsync(TestContext.Current.CancellationToken) is not null)
        {
            if (++read % 50_000 == 0)
            {
                most = Math.Max(most, GC.GetTotalMemory(forceFullCollection: true));
            }
        }

        // Then: the rows together take some 60 MB
        Assert.Equal(rows, read);
        Assert.InRange(most - before, long.MinValue, 20_000_000);
    }
}
