using MarketoLambda.Marketo.Records;
using MarketoLambda.Sources.Tests.Support;
using MarketoLambda.Sync.Checks;
using MarketoLambda.Sync.JobFiles;
using Microsoft.Extensions.Configuration;

namespace MarketoLambda.Sources.Tests.Values;

/// <summary><c>jobs check --all-rows</c>: every row is read, and what would be rejected is counted by field and reason.</summary>
public sealed class AllRowsCheckTests : IDisposable
{
    private readonly DropFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task What_would_be_rejected_is_counted_by_field_and_reason_with_an_example_of_each()
    {
        // Given
        _folder
            .With("a.csv", "S,N,Q\n1,a,1\n2,b,many\n3,c,few\n,d,1\n")
            .With("b.csv", "S,N,Q\n5,far too long,1\n6,x\n7,also too long,none\n");

        // When
        var all = await CheckAsync(withValues: true);

        // Then
        Assert.Equal(7, all.Records);
        Assert.Equal(
            [
                (Field: null, Code: "ragged-row", Count: 1, Example: "b.csv line 3", Value: null),
                (Field: "name", Code: "too-long", Count: 2, Example: "b.csv line 2", Value: "far too long"),
                (Field: "qty", Code: "wrong-type", Count: 2, Example: "a.csv line 3", Value: "many"),
                (Field: "sku", Code: "missing-key", Count: 1, Example: "a.csv line 5", Value: null),
            ],
            all.Rejected.Select(group => (group.Field, group.Code, Count: (int)group.Count, group.Example, group.Value))
                .OrderBy(group => group.Field));
        Assert.Null(all.Mistake);
    }

    [Fact]
    public async Task Values_are_told_only_where_they_are_wanted()
    {
        _folder.With("a.csv", "S,N,Q\n1,a,jane.doe@example.com\n");

        Assert.DoesNotContain(
            "jane",
            (await CheckAsync(withValues: false)).ToString() + string.Join(' ', (await CheckAsync(withValues: false)).Rejected),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_a_run_would_stop_the_check_says_so()
    {
        _folder.With("a.csv", "S,N,Q\n" + string.Concat(Enumerable.Range(0, 100).Select(row => $"{row},a,{(row < 30 ? "x" : "1")}\n")));

        var all = await CheckAsync(withValues: false);

        Assert.Equal((100, 30), (all.Records, all.Rejected.Sum(group => group.Count)));
        Assert.Contains("more than 5 %, so the run stopped", all.Mistake, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_marketo_only_what_cannot_be_read_is_found()
    {
        _folder.With("a.csv", "S,N,Q\n1,a,x\n2,b\n");

        var all = await CheckAsync(withValues: true, isOffline: true);

        Assert.Equal((2, "ragged-row"), (all.Records, Assert.Single(all.Rejected).Code));
    }

    [Fact]
    public async Task Workbooks_and_json_lines_are_checked_as_csv_is()
    {
        _folder
            .With("a.xlsx", Workbook.Of(["S", "N", "Q"], [1, "a", 1], [2, "b", "many"], [3, "c", Cell.Wrong("#N/A")], [null, "d", 1]))
            .With("a.jsonl", "{\"S\":1,\"N\":\"a\",\"Q\":1}\n{\"S\":2,\"N\":\"b\",\"Q\":\"many\"}\n{\"S\":3\n{\"N\":\"d\"}\n");

        var (excel, json) = (await CheckAsync(withValues: true, type: "excel"), await CheckAsync(withValues: true, type: "jsonLines"));

        Assert.Equal((4, 4), (excel.Records, json.Records));
        Assert.Equal(
            [("cell-error", "a.xlsx row 4", null), ("missing-key", "a.xlsx row 5", null), ("wrong-type", "a.xlsx row 3", "many")],
            excel.Rejected.Select(group => (group.Code, group.Example, group.Value)).OrderBy(group => group.Code));
        Assert.Equal(
            [("missing-key", "a.jsonl line 4", null), ("not-json", "a.jsonl line 3", null), ("wrong-type", "a.jsonl line 2", "many")],
            json.Rejected.Select(group => (group.Code, group.Example, group.Value)).OrderBy(group => group.Code));
    }

    private Task<AllRows> CheckAsync(bool withValues, bool isOffline = false, string type = "csv")
    {
        var job = Assert.Single(
            JobFile.Parse(
                $$"""{ "jobs": { "product_c": { "source": { "type": "{{type}}", "folder": "{{_folder.Path}}", "settleSeconds": 0 }, "key": "sku", "fields": { "sku": "S", "name": "N", "qty": "Q" } } } }""",
                "jobs.json",
                SourceTypes.All(new ConfigurationBuilder().Build(), _folder.Clock)));
        RecordTypeDescription description = new(
            "product_c",
            "Product",
            ["sku"],
            [
                new("sku", "SKU", "string", 255, IsUpdateable: true),
                new("name", "Name", "string", 10, IsUpdateable: true),
                new("qty", "Quantity", "integer", Length: null, IsUpdateable: true),
            ]);
        return new AllRowsCheck(job, isOffline ? null : description).ReadAsync(withValues, TestContext.Current.CancellationToken);
    }
}
