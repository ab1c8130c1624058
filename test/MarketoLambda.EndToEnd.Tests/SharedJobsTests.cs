namespace MarketoLambda.EndToEnd.Tests;

/// <summary><c>jobs push</c> and <c>jobs pull</c> as a user types them; against moto_server, skipped where the machine has none.</summary>
public sealed class SharedJobsTests
{
    private const string Good = """
        { "jobs": { "implementedProductV1_c": {
          "source": { "type": "csv", "folder": "drop" },
          "key": "serialNumber", "fields": { "serialNumber": "Serial Number" } } } }
        """;

    [Fact]
    public async Task A_job_file_is_pushed_and_pulled_as_it_is()
    {
        // Given
        await using var local = await LocalHost.OpenAsync();
        using var s3 = await Bucket.ConnectAsync(local);
        await s3.PutBucketAsync("acme-shared-jobs");
        local.Environment["Sync__JobsFile"] = "s3://acme-shared-jobs/jobs.json";
        local.WriteJobs(Good);

        // When
        var push = await local.RunAsync("jobs", "push", "jobs.json");
        var pull = await local.RunAsync("jobs", "pull");
        var refused = await local.RunAsync("jobs", "pull", "jobs.json");
        var other = await local.RunAsync("jobs", "push", "jobs.json", "--to", "ssm:/acme/shared/jobs");
        var file = await local.RunAsync("jobs", "pull", "pulled.json", "--from", "ssm:/acme/shared/jobs");

        // Then
        Assert.True(push.ExitCode == 0, push.Error);
        Assert.Contains("1 job written to s3://acme-shared-jobs/jobs.json: implementedProductV1_c.", push.Error, StringComparison.Ordinal);
        Assert.Equal((0, Good.ReplaceLineEndings()), (pull.ExitCode, pull.Output.ReplaceLineEndings()));
        Assert.Equal(2, refused.ExitCode);
        Assert.Contains("--force", refused.Error, StringComparison.Ordinal);
        Assert.Equal((0, 0), (other.ExitCode, file.ExitCode));
        Assert.Equal(Good, await File.ReadAllTextAsync(Path.Combine(local.Folder, "pulled.json")));
    }

    [Fact]
    public async Task A_job_file_with_mistakes_is_not_pushed()
    {
        // Given
        await using var local = await LocalHost.OpenAsync();
        using var s3 = await Bucket.ConnectAsync(local);
        await s3.PutBucketAsync("acme-kept-jobs");
        await s3.PutObjectAsync(new() { BucketName = "acme-kept-jobs", Key = "jobs.json", ContentBody = "the one before" });
        local.WriteJobs(Good.Replace("\"key\"", "\"kez\"", StringComparison.Ordinal));

        // When
        var push = await local.RunAsync("jobs", "push", "jobs.json", "--to", "s3://acme-kept-jobs/jobs.json");
        var pull = await local.RunAsync("jobs", "pull", "--from", "s3://acme-kept-jobs/jobs.json");

        // Then
        Assert.Equal(2, push.ExitCode);
        Assert.Contains("jobs.json line", push.Error, StringComparison.Ordinal);
        Assert.Equal("the one before", pull.Output);
    }

    [Fact]
    public async Task The_job_file_that_ships_with_the_host_runs_nowhere_until_it_is_replaced()
    {
        await using var local = await LocalHost.OpenAsync();
        local.WriteJobs(Repository.Read("src/MarketoLambda.Functions/jobs.json"));

        var check = await local.RunAsync("jobs", "check", "--offline");

        Assert.Equal(2, check.ExitCode);
        Assert.Contains(
            "jobs.json line 3: example marks the file that comes with the program",
            check.Error.ReplaceLineEndings(" "),
            StringComparison.Ordinal);
        Assert.DoesNotContain("line 4", check.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_place_it_is_asked_for()
    {
        await using var local = await LocalHost.OpenAsync();
        local.WriteJobs(Good);

        var push = await local.RunAsync("jobs", "push", "jobs.json");

        Assert.Equal(2, push.ExitCode);
        Assert.Contains("s3://bucket/jobs.json or ssm:/marketo-lambda/jobs", push.Error.ReplaceLineEndings(" "), StringComparison.Ordinal);
    }
}
