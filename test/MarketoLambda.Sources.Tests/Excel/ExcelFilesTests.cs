using MarketoLambda.Sources.Excel;
using MarketoLambda.Sources.Files;
using MarketoLambda.Sources.Tests.Support;

namespace MarketoLambda.Sources.Tests.Excel;

public abstract class ExcelFilesTests<TDrop> : KindTests<TDrop>
    where TDrop : Drop, new()
{
    internal override IFileFormat Format => new ExcelFormat(new ExcelOptions());

    protected override int MinRows => 40;

    protected override byte[] Write(params (string Id, string? At, string? Text)?[] rows) =>
        Workbook.Of([
            ["id", "at", "text"],
            .. rows.Select(row =>
                row is { } cells ? new object?[] { cells.Id, cells.At, cells.Text } : ["bad", "2026-01-03", Cell.Wrong("#N/A")]),
        ]);
}

public sealed class ExcelFilesOnDiskTests : ExcelFilesTests<DropFolder>;

public sealed class ExcelFilesInABucketTests : ExcelFilesTests<DropBucket>;
