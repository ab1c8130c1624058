using MarketoLambda.Sync.Sources;

namespace MarketoLambda.Sources.Files;

/// <summary>How the bytes of a file become rows. Each kind of file, such as CSV, is one.</summary>
/// <remarks>It knows nothing of folders, order and positions; those know nothing of what is in a file.</remarks>
internal interface IFileFormat
{
    /// <summary>Checks the whole content, then stands before its first row that is not finished.</summary>
    /// <param name="name">The file, for messages and locations.</param>
    /// <param name="bytes">The file as stored: seekable, and owned from here on.</param>
    /// <param name="columns">What rows consist of.</param>
    /// <param name="cursor">Says which rows are below the mark; null where the job has no cursor column.</param>
    /// <param name="rowsDone">Rows to pass over; where the file has fewer, it was replaced, and nothing is passed over.</param>
    /// <param name="cancellationToken">Looked at now and then: a large file takes a while.</param>
    /// <exception cref="SourceException">Any part of the file cannot be read.</exception>
    IFileRows Open(
        string name,
        Stream bytes,
        IReadOnlyList<string> columns,
        FileCursor? cursor,
        long rowsDone,
        CancellationToken cancellationToken);
}

/// <summary>The rows of a file that was checked to its last byte.</summary>
internal interface IFileRows : IDisposable
{
    /// <summary>All rows of the file.</summary>
    long RowCount { get; }

    /// <summary>Whether a header stands before the rows.</summary>
    bool HasHeader => true;

    /// <summary>Rows read so far, whatever became of them.</summary>
    long RowsRead { get; }

    /// <summary>Rows below the mark that <see cref="Next"/> passed over.</summary>
    long RowsSkipped { get; }

    /// <summary>Rows of it may correct rejects.</summary>
    bool HasCorrections => false;

    /// <summary>What a person should know about the rows read so far.</summary>
    IEnumerable<SourceNotice> Notices { get; }

    /// <summary>The next row to import or to reject; null at the end of the file.</summary>
    /// <exception cref="SourceException">The file is no longer what was checked.</exception>
    SourceItem? Next(CancellationToken cancellationToken);

    /// <summary>After the last row: whether the content goes on beyond what was checked.</summary>
    bool HasGrown(CancellationToken cancellationToken);
}
