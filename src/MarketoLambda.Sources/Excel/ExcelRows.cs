using System.IO.Compression;
using System.Text;
using ExcelDataReader;
using MarketoLambda.Sync.Sources;

namespace MarketoLambda.Sources.Excel;

/// <summary>Rows of a sheet that are not empty, one at a time.</summary>
internal sealed class ExcelRows : IDisposable
{
    private readonly ExcelPackage _package;
    private readonly string _name;
    private readonly ZipArchive _zip;
    private readonly IExcelDataReader _reader;
    private readonly CellScan _scan;
    private readonly IReadOnlyList<string> _nullValues;
    private IReadOnlyList<OddCell> _odd = [];

    // The library asks for windows-1252, and never uses it here.
    static ExcelRows() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    private ExcelRows(ExcelPackage package, string name, ZipArchive zip, IExcelDataReader reader, CellScan scan, ExcelOptions options)
    {
        _package = package;
        _name = name;
        _zip = zip;
        _reader = reader;
        _scan = scan;
        _nullValues = options.NullValues;
        Merged = new MergedCells(reader.MergeCells);
    }

    /// <summary>Rows read so far that are not empty.</summary>
    public long Number { get; private set; }

    /// <summary>The row read last, as Excel counts.</summary>
    public int SheetRow => _reader.Depth + 1;

    /// <summary>Where the row read last stands.</summary>
    public SourceLocation Place => new(_name, SheetRow);

    /// <summary>Columns of the sheet.</summary>
    public int Width => _reader.FieldCount;

    /// <summary>Cells that show the value of another one.</summary>
    public MergedCells Merged { get; }

    /// <summary>Opens a sheet before its first row.</summary>
    /// <exception cref="SourceException">There is no such sheet, or the workbook is damaged.</exception>
    public static ExcelRows Open(ExcelPackage package, string name, ExcelOptions options) => package.Guarded(() =>
    {
        ZipArchive zip = new(package.Bytes(), ZipArchiveMode.Read);
        IExcelDataReader? reader = null;
        try
        {
            var sheet = SheetChoice.Choose(package, WorkbookParts.Sheets(zip), options.Sheet);
            reader = ExcelReaderFactory.CreateOpenXmlReader(package.Bytes());
            while (reader.Name != sheet.Name)
            {
                if (!reader.NextResult())
                {
                    throw new InvalidDataException("The sheet has no cells.");
                }
            }

            return new ExcelRows(package, name, zip, reader, new CellScan(WorkbookParts.Open(zip, sheet.Part)), options);
        }
        catch
        {
            reader?.Dispose();
            zip.Dispose();
            throw;
        }
    });

    /// <summary>Goes to the next row that is not empty; false at the end of the sheet.</summary>
    public bool Read(CancellationToken cancellationToken) => _package.Guarded(() =>
    {
        while (_reader.Read())
        {
            cancellationToken.ThrowIfCancellationRequested();
            _odd = _scan.OddCellsIn(SheetRow);
            Merged.GoTo(SheetRow);
            if (HasAnything())
            {
                Number++;
                return true;
            }
        }

        return false;
    });

    /// <summary>The value of a cell in the row read last; null for nothing.</summary>
    public object? Value(int column) =>
        column < Width ? ExcelValue.Convert(_reader.GetValue(column), _reader.GetNumberFormatString(column)) : null;

    /// <summary>Whether there is anything in a cell of the row read last.</summary>
    public bool Has(int column) => Odd(column) is not null || !IsBlank(column);

    /// <summary>What is odd about a cell of the row read last; null where nothing is.</summary>
    public OddCell? Odd(int column)
    {
        foreach (var cell in _odd)
        {
            if (cell.Column == column)
            {
                return cell.Error is { } error && _nullValues.Contains(error, StringComparer.Ordinal) ? null : cell;
            }
        }

        return null;
    }

    public void Dispose()
    {
        _reader.Dispose();
        _scan.Dispose();
        _zip.Dispose();
    }

    private bool HasAnything()
    {
        for (var column = 0; column < Width; column++)
        {
            if (Has(column))
            {
                return true;
            }
        }

        return false;
    }

    private bool IsBlank(int column) =>
        column >= Width || _reader.GetValue(column) is var value && value is null or string && string.IsNullOrWhiteSpace((string?)value);
}
