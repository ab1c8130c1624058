using System.Globalization;
using MarketoLambda.Marketo.Records;
using MarketoLambda.Sync.Sources;
using MarketoLambda.Sync.State.Tables;

namespace MarketoLambda.Sync.Leases;

/// <summary>A source's history in Marketo: records beside the job's run records, <c>job#files#000000001</c>.</summary>
/// <param name="records">The run records.</param>
/// <param name="job">The job's name.</param>
/// <param name="isOwned">The run owns its number and may write.</param>
internal sealed class RunHistory(TableRecords records, string job, Func<bool> isOwned) : ISourceHistory
{
    private const string Kind = "files";

    public async Task<int> GetCapacityAsync(CancellationToken cancellationToken) =>
        (await records.BindAsync(cancellationToken)).CapacityOf(RunFields.EndResume);

    public async Task<IReadOnlyList<HistoryPage>> ReadAsync(IEnumerable<long> numbers, CancellationToken cancellationToken)
    {
        var bound = await records.BindAsync(cancellationToken);
        List<HistoryPage> pages = [];
        foreach (var keys in numbers.Select(Key).Chunk(CallLimits.RecordsPerCall))
        {
            pages.AddRange((await records.FindAsync(keys, cancellationToken)).Select(record => new HistoryPage(
                TableRecords.NumberIn(bound.Text(record, RunFields.Key), RunFields.Definition),
                bound.Text(record, RunFields.EndResume) ?? "",
                bound.Text(record, RunFields.EndFileName) ?? "")));
        }

        return pages;
    }

    public Task WriteAsync(IReadOnlyList<HistoryPage> pages, CancellationToken cancellationToken) => isOwned()
        ? records.StoreAsync([.. pages.Select(page => (Key(page.Number), Values(page)))], cancellationToken)
        : throw new InvalidOperationException("The run owns no number, so it must not write to Marketo.");

    private IReadOnlyList<(TableField Field, object? Value)> Values(HistoryPage page) =>
        [
            (RunFields.ApiName, job),
            (RunFields.Number, page.Number),
            (RunFields.Kind, Kind),
            (RunFields.EndResume, page.Text),
            (RunFields.EndFileName, page.Label),
        ];

    private string Key(long number) => string.Create(CultureInfo.InvariantCulture, $"{job}#{Kind}#{number:000000000}");
}
