using MarketoLambda.Emulator.Schema;

namespace MarketoLambda.EndToEnd.Tests;

/// <summary><c>jobs new</c> for a bucket: its newest file is looked at like one on disk; skipped where moto_server is missing.</summary>
public sealed class NewBucketJobTests
{
    private const string Target = "device_c";

    [Fact]
    public async Task The_newest_file_of_a_folder_is_looked_at_and_the_job_that_is_written_imports_all_of_its_kind()
    {
        // Given
        await using var local = await OpenAsync();
        using var s3 = await Bucket.OpenAsync(local, "acme-new");
        await s3.PutAsync("out/devices-2026-10.csv", "Seriennummer;Preis;Gekauft am\nSN-1;1.234,50;24.12.2025\n");
        await s3.PutAsync("out/_SUCCESS", "");
        await s3.PutAsync("out/deep/other.csv", "X,Y\n1,2\n");
        await s3.PutAsync("out/devices-2026-11.csv", "Seriennummer;Preis;Gekauft am\nSN-2;0,99;31.01.2026\n");

        // When
        var written = await local.RunAsync("jobs", "new", "s3://acme-new/out/", "--target", Target, "--yes");
        var jobs = await File.ReadAllTextAsync(Path.Combine(local.Folder, "jobs.json"));
        var setUp = await local.RunAsync("init");
        var run = await local.RunAsync("run", "--all");

        // Then
        Assert.True(written.ExitCode == 0, written.Error);
        Assert.Contains("devices-2026-11.csv was looked at.", written.Error, StringComparison.Ordinal);
        Assert.Contains("from devices-2026-11.csv of s3://acme-new/out/.", jobs, StringComparison.Ordinal);
        Assert.Contains("\"prefix\": \"out/\",\n        \"pattern\": \"devices-*.csv\",", jobs, StringComparison.Ordinal);
        Assert.True(setUp.ExitCode == 0, setUp.Error);
        Assert.True(run.ExitCode == 0, run.Error);
        Assert.Equal(
            [("SN-1", "1234.50", "2025-12-24"), ("SN-2", "0.99", "2026-01-31")],
            local.Marketo.Records(Target).Select(row => (row.Key, row["price"], row["purchasedOn"])).OrderBy(row => row.Key));
    }

    [Fact]
    public async Task A_pattern_and_a_name_say_what_is_looked_at()
    {
        // Given
        await using var local = await OpenAsync();
        using var s3 = await Bucket.OpenAsync(local, "acme-named");
        await s3.PutAsync("a-1.csv", "Seriennummer,Preis\nSN-1,1\n");
        await s3.PutAsync("b-1.jsonl", "{\"serialNumber\":\"SN-1\",\"price\":1.5}\n");
        await s3.PutAsync("c-1.csv", "Other\n1\n");

        // When
        var pattern = await local.RunAsync("jobs", "new", "s3://acme-named/a*.csv", "--target", Target, "--yes");
        var name = await local.RunAsync("jobs", "new", "s3://acme-named/b-1.jsonl", "--target", Target, "--yes");
        var jobs = await File.ReadAllTextAsync(Path.Combine(local.Folder, "jobs.json"));

        // Then
        Assert.True(pattern.ExitCode == 0, pattern.Error);
        Assert.True(name.ExitCode == 0, name.Error);
        Assert.Contains("\"pattern\": \"a*.csv\"", jobs, StringComparison.Ordinal);
        Assert.Contains("\"pattern\": \"b-*.jsonl\",\n        \"format\": \"jsonLines\"", jobs, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("s3://acme-typo/out/", "There is no bucket acme-typo; create it, or correct the address.")]
    [InlineData("s3://acme-lacks/uot/", "There is no file in s3://acme-lacks/uot/ (did you mean \"out\"?); folders of s3://acme-lacks/ there: out;")]
    [InlineData("s3://acme-lacks/", "folders inside it are not read; name one of them in the address: out.")]
    [InlineData("s3://acme-lacks/out/b.csv", "There is no file b.csv in s3://acme-lacks/out/ (did you mean \"a.csv\"?); files there: a.csv.")]
    [InlineData("s3://acme-lacks/out/*.xlsx", "No file of s3://acme-lacks/out/ fits \"*.xlsx\"; files there: a.csv.")]
    [InlineData("s3://Acme/out/", "s3://Acme/out/ is no address in a bucket: write s3://BUCKET/FOLDER/")]
    public async Task What_is_not_there_is_one_sentence_that_says_what_is(string address, string sentence)
    {
        // Given
        await using var local = await OpenAsync();
        using var s3 = await Bucket.OpenAsync(local, "acme-lacks");
        await s3.PutAsync("out/a.csv", "A,B\n1,2\n");

        // When
        var refused = await local.RunAsync("jobs", "new", address, "--yes");

        // Then
        Assert.Equal(2, refused.ExitCode);
        Assert.Contains(sentence, refused.Error.ReplaceLineEndings(" "), StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(local.Folder, "jobs.json")));
    }

    private static async Task<LocalHost> OpenAsync()
    {
        var local = await LocalHost.OpenAsync();
        File.Delete(Path.Combine(local.Folder, "jobs.json"));
        local.Marketo.DefineObject(
            Target,
            "Device",
            FieldDefinition.Key("serialNumber"),
            new FieldDefinition("price", "float"),
            new FieldDefinition("purchasedOn", "date"));
        return local;
    }
}
