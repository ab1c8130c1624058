using System.Text;
using static MarketoLambda.EndToEnd.Tests.BadInput;

namespace MarketoLambda.EndToEnd.Tests;

/// <summary>A file of the source that cannot be read.</summary>
public sealed class BadFileTests
{
    [Fact]
    public async Task A_file_without_a_byte_is_told_and_holds_nothing_up()
    {
        // Given
        await using var local = await (await LocalHost.OpenAsync()).InitializedAsync();
        local.Drop("a.csv", "");
        local.DropRows("b.csv", 10);

        // When
        var result = await local.RunAsync("run", "--all");

        // Then
        Check(result, 0, ["a.csv", "no bytes", "put the whole file in its place"]);
        Assert.Equal(10, local.Marketo.Count(LocalHost.ApiName));
    }

    [Fact]
    public Task A_wrong_encoding() =>
        FailedAsync(
            local => local.Drop("b.csv", Encoding.Latin1.GetBytes("Serial Number,Quantity\nSN-1,1\nMüller,2\nGrün,3\n")),
            "b.csv",
            "utf-8",
            "encoding");

    [Fact]
    public Task A_header_twice() =>
        FailedAsync(
            local => local.Drop("b.csv", "Serial Number,Quantity,serial number\nSN-1,1,SN-1\n"),
            "b.csv",
            "Serial Number",
            "1",
            "3");

    [Fact]
    public Task A_missing_column() =>
        FailedAsync(local => local.Drop("b.csv", "Serial Number,Quantitty\nSN-1,1\n"), "b.csv", "Quantity", "Quantitty");

    [Fact]
    public Task A_cut_gzip() =>
        FailedAsync(local => local.Drop("b.csv.gz", Gzip("Serial Number,Quantity\nSN-1,1\nSN-2,2\n")[..^12]), "b.csv.gz");

    [Fact]
    public Task An_open_quote() =>
        FailedAsync(local => local.Drop("b.csv", "Serial Number,Quantity\nSN-1,1\n\"SN-2,2\nSN-3,3\n"), "b.csv", "quote");
}
