using System.IO.Compression;
using MarketoLambda.Sources.Files;
using MarketoLambda.Sync.Sources;
using MarketoLambda.Sync.Wording;
using Checksum = System.IO.Hashing.Crc32;

namespace MarketoLambda.Sources.Excel;

/// <summary>The file of a workbook, in memory as it is stored, that is, packed; its parts are checked by their checksums.</summary>
internal sealed class ExcelPackage : IDisposable
{
    /// <summary>Most bytes of a file.</summary>
    public const int MaxBytes = 64 * Megabyte;

    /// <summary>Most bytes of the texts of a workbook, unpacked: they are held in memory.</summary>
    public const int MaxTextBytes = 256 * Megabyte;

    private const int Megabyte = 1024 * 1024;

    private const string Texts = "xl/sharedStrings.xml";

    private readonly string _name;
    private readonly MemoryStream _bytes;

    private ExcelPackage(string name, MemoryStream bytes)
    {
        _name = name;
        _bytes = bytes;
    }

    /// <summary>Takes a file in, and makes sure that it is a whole workbook.</summary>
    /// <exception cref="SourceException">It is none, or damaged.</exception>
    public static ExcelPackage Open(string name, Stream file, CancellationToken cancellationToken)
    {
        if (file.Length > MaxBytes)
        {
            throw Error(
                name,
                $"has {Quantity.Format(file.Length, "byte")}, and workbooks of at most {MaxBytes / Megabyte} MB are read; cut it, or save "
                    + "it as CSV"
            );
        }

        MemoryStream bytes = new((int)file.Length);
        try
        {
            file.Position = 0;
            file.CopyTo(bytes);
        }
        catch (IOException failure)
        {
            throw Error(name, $"cannot be read ({failure.Message})", failure);
        }

        if (ExcelSignature.Foreign(bytes.GetBuffer().AsSpan(0, (int)bytes.Length)) is { } kind)
        {
            throw Error(name, kind);
        }

        ExcelPackage package = new(name, bytes);
        package.Guarded(() =>
        {
            package.Check(cancellationToken);
            return true;
        });
        return package;
    }

    /// <summary>The file's bytes, to be read from any place, apart from others who do.</summary>
    public MemoryStream Bytes() => new(_bytes.GetBuffer(), 0, (int)_bytes.Length, writable: false);

    /// <summary>Whatever a library throws at what is in the file is about the file, and is said so.</summary>
    public T Guarded<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception failure) when (failure is not (SourceException or OperationCanceledException or OutOfMemoryException))
        {
            throw Error("is a damaged workbook; open it in Excel, let it be repaired there, and save it again", failure);
        }
    }

    public SourceException Error(string problem, Exception? cause = null, string correct = "the file") =>
        FileErrors.Create(new SourceLocation(_name, 0), problem, cause, correct);

    public void Dispose() => _bytes.Dispose();

    private static SourceException Error(string name, string problem, Exception? cause = null) =>
        FileErrors.Create(new SourceLocation(name, 0), problem, cause);

    // Unpacking does not compare checksums, so a flipped bit would be another value.
    private void Check(CancellationToken cancellationToken)
    {
        using ZipArchive zip = new(Bytes(), ZipArchiveMode.Read);
        if (zip.GetEntry("xl/workbook.bin") is not null)
        {
            throw Error("is a binary workbook (.xlsb); save it as .xlsx");
        }

        if (zip.GetEntry(WorkbookParts.Workbook) is null)
        {
            throw Error("is a zip archive and no Excel workbook; unpack it, or save the workbook as .xlsx");
        }

        if (zip.GetEntry(Texts) is { Length: > MaxTextBytes })
        {
            throw Error(
                $"has more than {MaxTextBytes / Megabyte} MB of texts, which have to be in memory at once; cut it, or save it as CSV");
        }

        var piece = new byte[64 * 1024];
        foreach (var part in zip.Entries.Where(part => part.FullName.EndsWith(".xml", StringComparison.OrdinalIgnoreCase)))
        {
            Checksum sum = new();
            using var content = part.Open();
            for (int count; (count = content.Read(piece)) > 0;)
            {
                cancellationToken.ThrowIfCancellationRequested();
                sum.Append(piece.AsSpan(0, count));
            }

            if (sum.GetCurrentHashAsUInt32() != part.Crc32)
            {
                throw new InvalidDataException("A part of the workbook does not fit its checksum.");
            }
        }
    }
}
