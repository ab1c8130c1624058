using MarketoLambda.Sources.JsonLines;
using MarketoLambda.Sources.Tests.Support;

namespace MarketoLambda.Sources.Tests.JsonLines;

[Collection(TestsThatRunAlone.Name)]
public sealed class JsonLinesMemoryTests
{
    [Fact]
    public async Task A_large_file_is_read_without_keeping_its_lines()
    {
        // Given
        const int lines = 100_000;
        using var folder = new DropFolder();
        var path = Path.Combine(folder.Path, "a.jsonl");
        await using (var writer = new StreamWriter(path))
        {
            for (var i = 0; i < lines; i++)
            {
                await writer.WriteAsync($"{{\"id\":\"{i}\",\"text\":\"{new string('x', 200)}\"}}\n");
            }
        }

        File.SetLastWriteTimeUtc(path, Drop.Noon.UtcDateTime.AddHours(-1));
        await using var reader = await folder.OpenAsync(new JsonLinesFormat(), from: null, options: null, "id", "text");
        await reader.ReadAsync(TestContext.Current.CancellationToken);
        var before = GC.GetTotalMemory(forceFullCollection: true);
        // When
        var read = 1;
        var most = 0L;
        while (await reader.ReadAsync(TestContext.Current.CancellationToken) is not null)
        {
            if (++read % 25_000 == 0)
            {
                most = Math.Max(most, GC.GetTotalMemory(forceFullCollection: true));
            }
        }

        // Then: the lines together take some 45 MB
        Assert.Equal(lines, read);
        Assert.InRange(most - before, long.MinValue, 10_000_000);
    }
}
