using System.Text;
using System.Text.Json;
using MarketoLambda.Sources.Files;
using MarketoLambda.Sources.JsonLines;
using MarketoLambda.Sources.Tests.Support;

namespace MarketoLambda.Sources.Tests.JsonLines;

public abstract class JsonLinesFilesTests<TDrop> : KindTests<TDrop>
    where TDrop : Drop, new()
{
    internal override IFileFormat Format => new JsonLinesFormat();

    protected override int MinRows => 39;

    protected override byte[] Write(params (string Id, string? At, string? Text)?[] rows) =>
        Encoding.UTF8.GetBytes(
            string.Concat(
                rows.Select(row =>
                    (
                        row is { } cells
                            ? JsonSerializer.Serialize(
                                new
                                {
                                    id = cells.Id,
                                    at = cells.At,
                                    text = cells.Text,
                                }
                            )
                            : "{\"id\":\"bad\","
                    ) + "\n")));
}

public sealed class JsonLinesFilesOnDiskTests : JsonLinesFilesTests<DropFolder>;

public sealed class JsonLinesFilesInABucketTests : JsonLinesFilesTests<DropBucket>;
