using System.Globalization;
using System.Text;
using MarketoLambda.Sources.Csv;
using MarketoLambda.Sources.Files;
using MarketoLambda.Sources.Tests.Support;
using MarketoLambda.Sync.State;
using MarketoLambda.Testing;
using MarketoLambda.Testing.Simulation;

namespace MarketoLambda.Sources.Tests.Simulation;

/// <summary>A simulated job that reads CSV files: rows that come together are a file.</summary>
internal sealed class CsvJob
{
    private readonly MemoryFolder _folder = new();
    private readonly List<ListSource.ListRow> _rows = [];
    private readonly List<(string Name, int FirstRow)> _files = [];
    private readonly VirtualTime _time;

    private CsvJob(VirtualTime time) => _time = time;

    public static SimulatedJob Create(string apiName, VirtualTime time)
    {
        CsvJob job = new(time);
        CsvFolderSource source = new(job._folder, new CsvFolderOptions { SettleTime = TimeSpan.Zero }, time);
        SourceTruth truth = new(apiName, SimulatedJob.VersionField, () => job._rows.Count, row => job._rows[row - 1].Key, state => job.RowsFinished(state[StateFields.ResumePosition.Name], state[StateFields.LastFileName.Name]))
        {
            RowAt = location => job._files.First(file => file.Name == location.Container).FirstRow + (int)location.Row - 2, // the first row stands in line 2
        };
        return new SimulatedJob(source, truth, job.Append);
    }

    private void Append(IReadOnlyList<ListSource.ListRow> rows)
    {
        if (rows.Count == 0)
        {
            return;
        }

        StringBuilder text = new("Key,Value,Owner\n");
        foreach (var row in rows)
        {
            text.Append(row.IsReadable ? $"{row.Key},{row.Value},{row.Owner}\n" : "torn off\n");
        }

        var name = string.Create(CultureInfo.InvariantCulture, $"rows-{_rows.Count + 1:000000}.csv");
        _files.Add((name, _rows.Count + 1));
        _rows.AddRange(rows);
        _folder.Write(name, text.ToString(), _time.GetUtcNow());
    }

    private int RowsFinished(string? resume, string? lastFile)
    {
        var position = FilePosition.Of(new Checkpoint { Resume = resume, LastFileName = lastFile });
        var finished = 0;
        foreach (var (index, (name, firstRow)) in _files.Index())
        {
            if (position.Ledger.Find(FileHashes.OfName(name)) is not null)
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
