using MarketoLambda.Sources.Tests.Support;

namespace MarketoLambda.Sources.Tests.Csv
{
    public sealed class CsvCellOnDiskTests : CsvCellTests<DropFolder>;

    public sealed class CsvCellInABucketTests : CsvCellTests<DropBucket>;

    public sealed class CsvHeaderOnDiskTests : CsvHeaderTests<DropFolder>;

    public sealed class CsvHeaderInABucketTests : CsvHeaderTests<DropBucket>;

    public sealed class CsvCursorOnDiskTests : CsvCursorTests<DropFolder>;

    public sealed class CsvCursorInABucketTests : CsvCursorTests<DropBucket>;

    public sealed class CsvOrderOnDiskTests : CsvOrderTests<DropFolder>;

    public sealed class CsvOrderInABucketTests : CsvOrderTests<DropBucket>;

    public sealed class CsvResumeOnDiskTests : CsvResumeTests<DropFolder>;

    public sealed class CsvResumeInABucketTests : CsvResumeTests<DropBucket>;
}

namespace MarketoLambda.Sources.Tests.Files
{
    public sealed class LateFileOnDiskTests : LateFileTests<DropFolder>;

    public sealed class LateFileInABucketTests : LateFileTests<DropBucket>;

    public sealed class FinishedFilesOnDiskTests : FinishedFilesTests<DropFolder>;

    public sealed class FinishedFilesInABucketTests : FinishedFilesTests<DropBucket>;

    public sealed class SettlingOnDiskTests : SettlingTests<DropFolder>;

    public sealed class SettlingInABucketTests : SettlingTests<DropBucket>;

    public sealed class TruncationOnDiskTests : TruncationTests<DropFolder>;

    public sealed class TruncationInABucketTests : TruncationTests<DropBucket>;
}
