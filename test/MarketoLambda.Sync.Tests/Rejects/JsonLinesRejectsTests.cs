using System.Text.Json;
using MarketoLambda.Sync.Mapping;
using MarketoLambda.Sync.Rejects;
using MarketoLambda.Sync.Sources;
using MarketoLambda.Testing;

namespace MarketoLambda.Sync.Tests.Rejects;

public sealed class JsonLinesRejectsTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory();
    private readonly JsonLinesRejects _rejects;

    public JsonLinesRejectsTests() => _rejects = new JsonLinesRejects(Path.Combine(_folder.FullName, "new", "folder"), new VirtualTime());

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Each_reject_is_a_line_with_what_a_person_needs_to_find_and_mend_it()
    {
        // When
        await StoreAsync(
            new(new("cars.csv", 7), "Łódź \"1\"\n", "1003", "Invalid data"),
            new(new("cars.csv", 0), Key: null, "unreadable", "the row makes no sense."));

        // Then
        var lines = Lines();
        Assert.Equal(2, lines.Count);
        Assert.Equal(
            """{"seenAt":"2026-11-04T12:00:00Z","source":"cars.csv","row":7,"key":"Łódź \"1\"\n","code":"1003","reason":"Invalid data"}""",
            Plain(lines[0]));
        Assert.Equal(JsonValueKind.Null, JsonDocument.Parse(lines[1]).RootElement.GetProperty("key").ValueKind);
    }

    [Fact]
    public async Task Rejects_of_later_runs_are_added()
    {
        // When
        await StoreAsync(Some(1));
        await StoreAsync(Some(2), Some(3));

        // Then
        Assert.Equal([1, 2, 3], Lines().Select(Row));
    }

    [Fact]
    public async Task A_line_that_a_crash_cut_short_does_not_swallow_the_next_one()
    {
        // Given
        await StoreAsync(Some(1), Some(2));
        var path = _rejects.Describe("car_c");
        await File.WriteAllTextAsync(path, (await File.ReadAllTextAsync(path, Stop))[..^20], Stop);

        // When
        await StoreAsync(Some(3));

        // Then
        var lines = Lines();
        Assert.Equal((1, 3), (Row(lines[0]), Row(lines[2])));
    }

    [Fact]
    public async Task What_cannot_be_stored_is_an_error_and_not_a_loss()
    {
        // Given: a folder stands where the file should be
        Directory.CreateDirectory(_rejects.Describe("car_c"));

        // Then
        await Assert.ThrowsAnyAsync<Exception>(() => StoreAsync(Some(1)));
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private static RejectedRecord Some(int row) => new(new SourceLocation("cars.csv", row), "a", "code", "reason");

    private Task StoreAsync(params RejectedRecord[] rejects) => _rejects.StoreAsync("car_c", rejects, Stop);

    private List<string> Lines() => [.. File.ReadAllLines(_rejects.Describe("car_c"))];

    private static int Row(string line) => JsonDocument.Parse(line).RootElement.GetProperty("row").GetInt32();

    private static string Plain(string line)
    {
        using MemoryStream stream = new();
        using (
            Utf8JsonWriter json = new(
                stream,
                new JsonWriterOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }
            ))
        {
            JsonDocument.Parse(line).WriteTo(json);
        }

        return System.Text.Encoding.UTF8.GetString(stream.ToArray()).Replace("\\u0022", "\\\"", StringComparison.Ordinal);
    }
}
