using MarketoLambda.Sync.Sources;

namespace MarketoLambda.Sources.Tests.Support;

/// <summary>Everything a reader handed out, and where it could have resumed after each item.</summary>
public sealed record Reading(IReadOnlyList<SourceItem> Items, IReadOnlyList<Checkpoint> Positions, Checkpoint End, SourceProgress Progress)
{
    /// <summary>A capacity that is never reached.</summary>
    public const int Roomy = 65_000;

    public IEnumerable<SourceRecord> Records => Items.OfType<SourceRecord>();

    /// <summary>First cell of every record.</summary>
    public string[] Ids => [.. Records.Select(record => (string)record.Values[0]!)];

    /// <summary>All cells of every record.</summary>
    public string[][] Rows => [.. Records.Select(record => record.Values.Cast<string>().ToArray())];

    public UnreadableRecord[] Unreadable => [.. Items.OfType<UnreadableRecord>()];

    public string[] Notices => [.. Items.OfType<SourceNotice>().Select(notice => $"{notice.Location}: {notice.Message}")];

    /// <summary>Reads to the end, or as many items as asked for.</summary>
    /// <param name="reader">Where from.</param>
    /// <param name="most">How many.</param>
    /// <param name="isQuick">Every read must complete at once.</param>
    public static async Task<Reading> OfAsync(ISourceReader reader, int most = int.MaxValue, bool isQuick = false)
    {
        List<SourceItem> items = [];
        List<Checkpoint> positions = [];
        while (items.Count < most)
        {
            var read = reader.ReadAsync(TestContext.Current.CancellationToken);
            Assert.True(read.IsCompleted || !isQuick, "local files are read synchronously");
            if (await read is not { } item)
            {
                break;
            }

            items.Add(item);
            positions.Add(reader.Position);
        }

        return new Reading(items, positions, reader.Position, reader.Progress);
    }
}
