using System.Globalization;
using System.Text;
using System.Text.Json;
using MarketoLambda.Sources.Csv;
using MarketoLambda.Sources.Excel;
using MarketoLambda.Sources.Files;
using MarketoLambda.Sources.JsonLines;
using MarketoLambda.Sources.Tests.Support;
using MarketoLambda.Sync.Sources;
using MarketoLambda.Sync.State;
using MarketoLambda.Testing;
using MarketoLambda.Testing.Simulation;

namespace MarketoLambda.Sources.Tests.Simulation;

/// <summary>A simulated job that reads files of one kind: rows that come together are a file.</summary>
internal sealed class FileJob
{
    private readonly MemoryFolder _folder = new();
    private readonly List<ListSource.ListRow> _rows = [];
    private readonly List<(string Name, int FirstRow)> _files = [];
    private readonly VirtualTime _time;
    private readonly Func<IEnumerable<ListSource.ListRow>, byte[]> _write;

    private FileJob(VirtualTime time, Func<IEnumerable<ListSource.ListRow>, byte[]> write) => (_time, _write) = (time, write);

    public static SimulatedJob CreateCsv(string apiName, VirtualTime time) =>
        Create(
            apiName,
            time,
            WriteCsv,
            folder => new CsvFolderSource(folder, new CsvFolderOptions { SettleTime = TimeSpan.Zero, Patterns = ["*"] }, time),
            firstRow: 2);

    public static SimulatedJob CreateExcel(string apiName, VirtualTime time) =>
        Create(
            apiName,
            time,
            WriteExcel,
            folder => KindReading.Source(folder, new ExcelFormat(new ExcelOptions()), new CommonOptions(["*"]), time),
            firstRow: 2);

    public static SimulatedJob CreateJsonLines(string apiName, VirtualTime time) =>
        Create(
            apiName,
            time,
            WriteJsonLines,
            folder => KindReading.Source(folder, new JsonLinesFormat(), new CommonOptions(["*"]), time),
            firstRow: 1);

    private static SimulatedJob Create(
        string apiName,
        VirtualTime time,
        Func<IEnumerable<ListSource.ListRow>, byte[]> write,
        Func<IFileFolder, ISource> read,
        int firstRow)
    {
        FileJob job = new(time, write);
        SourceTruth truth = new(
            apiName,
            SimulatedJob.VersionField,
            () => job._rows.Count,
            row => job._rows[row - 1].Key,
            state => job.RowsFinished(state[StateFields.ResumePosition.Name], state[StateFields.LastFileName.Name]))
        {
            RowAt = location => job._files.First(file => file.Name == location.Container).FirstRow + (int)location.Row - firstRow,
        };
        return new SimulatedJob(read(job._folder), truth, job.Append);
    }

    private static byte[] WriteCsv(IEnumerable<ListSource.ListRow> rows) => Encoding.UTF8.GetBytes(
        "Key,Value,Owner\n" + string.Concat(rows.Select(row => row.IsReadable ? $"{row.Key},{row.Value},{row.Owner}\n" : "torn off\n")));

    private static byte[] WriteExcel(IEnumerable<ListSource.ListRow> rows) =>
        Workbook.Of([
            ["Key", "Value", "Owner"],
            .. rows.Select(row => row.IsReadable ? new object?[] { row.Key, row.Value, row.Owner } : ["torn", Cell.Wrong("#N/A")]),
        ]);

    private static byte[] WriteJsonLines(IEnumerable<ListSource.ListRow> rows) => Encoding.UTF8.GetBytes(string.Concat(rows.Select(row =>
        (row.IsReadable ? JsonSerializer.Serialize(new { row.Key, row.Value, row.Owner }) : "{\"Key\":\"torn") + "\n")));

    private void Append(IReadOnlyList<ListSource.ListRow> rows)
    {
        if (rows.Count == 0)
        {
            return;
        }

        var name = string.Create(CultureInfo.InvariantCulture, $"rows-{_rows.Count + 1:000000}");
        _files.Add((name, _rows.Count + 1));
        _rows.AddRange(rows);
        _folder.Write(name, _write(rows), _time.GetUtcNow());
    }

    private int RowsFinished(string? resume, string? lastFile)
    {
        var position = FilePosition.Parse(new Checkpoint { Resume = resume, LastFileName = lastFile });
        var finished = 0;
        foreach (var (index, (name, firstRow)) in _files.Index())
        {
            if (position.Imported.Find(FileHashes.OfName(name)) is not null)
            {
                finished = index + 1 < _files.Count ? _files[index + 1].FirstRow - 1 : _rows.Count;
            }
            else
            {
                return finished + (position.Unfinished is { } half && half.Id.Name == FileHashes.OfName(name) ? (int)half.Rows : 0);
            }
        }

        return finished;
    }
}
