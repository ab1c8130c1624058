using System.Text.Json;
using Amazon.S3.Model;

namespace MarketoLambda.EndToEnd.Tests;

/// <summary>The program as a user starts it, with files in a bucket and rejects in another; skipped where moto_server is missing.</summary>
public sealed class BucketTests
{
    [Fact]
    public async Task Files_come_from_a_bucket_and_rejects_go_to_one()
    {
        // Given
        await using var local = await (await LocalHost.OpenAsync()).InitializedAsync();
        using var s3 = await Bucket.ConnectAsync(local);
        await s3.PutBucketAsync("acme-files");
        await s3.PutBucketAsync("acme-rejects");
        await s3.PutObjectAsync(
            new PutObjectRequest
            {
                BucketName = "acme-files",
                Key = "drop/a.csv",
                ContentBody = "Serial Number,Quantity\nSN-1,1\nSN-2,many\nSN-3,3\n",
            }
        );
        local.WriteJobs(
            """
            { "jobs": { "implementedProductV1_c": {
              "source": { "type": "s3", "bucket": "acme-files", "prefix": "drop" },
              "key": "serialNumber", "fields": { "serialNumber": "Serial Number", "quantity": "Quantity" } } } }
            """);
        local.Environment["Sync__RejectsBucket"] = "s3://acme-rejects/marketo";

        // When
        var first = await local.RunAsync("run", "--all");
        await s3.PutObjectAsync(
            new PutObjectRequest
            {
                BucketName = "acme-files",
                Key = "drop/b.csv",
                ContentBody = "Serial Number,Quantity\nSN-4,4\n",
            }
        );
        var second = await local.RunAsync("run", "--all");
        var third = await local.RunAsync("run", "--all", "--json");

        // Then
        Assert.True(first.ExitCode == 0, first.Error);
        Assert.Contains("s3://acme-rejects/marketo/implementedProductV1_c/", first.Error, StringComparison.Ordinal);
        Assert.Equal((0, 0), (second.ExitCode, third.ExitCode));
        Assert.Contains("nothingNew", third.Output, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(3, local.Marketo.Count(LocalHost.ApiName));
        var stored = Assert.Single(
            (
                await s3.ListObjectsV2Async(
                    new ListObjectsV2Request { BucketName = "acme-rejects", Prefix = "marketo/implementedProductV1_c/" }
                )
            ).S3Objects);
        using var reject = await s3.GetObjectAsync("acme-rejects", stored.Key);
        using var line = await JsonDocument.ParseAsync(reject.ResponseStream);
        Assert.Equal(("a.csv", 3), (line.RootElement.GetProperty("source").GetString(), line.RootElement.GetProperty("row").GetInt32()));
    }

    [Fact]
    public async Task A_bucket_that_is_missing_is_a_sentence_and_an_exit_code()
    {
        // Given
        await using var local = await (await LocalHost.OpenAsync()).InitializedAsync();
        using var s3 = await Bucket.ConnectAsync(local);
        local.WriteJobs("""
            { "jobs": { "implementedProductV1_c": {
              "source": { "type": "s3", "bucket": "acme-typo" },
              "key": "serialNumber", "fields": { "serialNumber": "Serial Number" } } } }
            """);

        // When
        var run = await local.RunAsync("run", "--all");
        local.Environment["Sync__RejectsBucket"] = "acme-rejects";
        var refused = await local.RunAsync("run", "--all");

        // Then
        Assert.NotEqual(0, run.ExitCode);
        Assert.Contains(
            "There is no bucket acme-typo; create it, or correct \"bucket\" in the job file",
            run.Error.ReplaceLineEndings(" "),
            StringComparison.Ordinal);
        Assert.NotEqual(0, refused.ExitCode);
        Assert.Contains(
            "Sync__RejectsBucket must be the address of a bucket",
            refused.Error.ReplaceLineEndings(" "),
            StringComparison.Ordinal);
    }
}
