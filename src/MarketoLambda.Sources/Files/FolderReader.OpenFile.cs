using MarketoLambda.Sync.Sources;

namespace MarketoLambda.Sources.Files;

/// <content>The file that is being read.</content>
internal sealed partial class FolderReader
{
    /// <param name="File">As it was when it was let in.</param>
    /// <param name="Whole">What it will be when all its rows are finished.</param>
    /// <param name="Rows">Its rows.</param>
    /// <param name="Cursor">Null where the job has no cursor column.</param>
    private sealed record OpenFile(FileEntry File, UnfinishedFile Whole, IFileRows Rows, FileCursor? Cursor)
    {
        /// <summary>What rows of it must not land on; null where it came in its order.</summary>
        public NewerRows? Newer { get; init; }

        /// <summary>Where rows of it belong that correct rejects; null where it has none.</summary>
        public CorrectedRows? Corrected { get; init; }

        /// <summary>What is wanted below the mark; null for nothing.</summary>
        public IWantedRecords? Wanted { get; init; }

        /// <summary>Where the first row stands that this reader hands out; 0 before it is read.</summary>
        public long FirstRow { get; set; }
    }
}
