using Amazon.Runtime;
using Amazon.S3;
using Amazon.SimpleSystemsManagement;
using MarketoLambda.Sources.JobFiles;
using MarketoLambda.Sync.JobFiles;
using MarketoLambda.Testing.Aws;

namespace MarketoLambda.Sources.Tests.JobFiles;

/// <summary>Where job files are kept; those in AWS against moto_server, skipped where the machine has none.</summary>
public sealed class JobFilePlacesTests
{
    private static readonly BasicAWSCredentials Credentials = new("id", "secret");

    [Theory]
    [InlineData("s3://acme-config/jobs.json", "s3://acme-config/jobs.json")]
    [InlineData("s3://acme-config/a/b.json", "s3://acme-config/a/b.json")]
    [InlineData("ssm:/acme/jobs", "ssm:/acme/jobs")]
    public void An_address_leads_to_its_place(string address, string place) => Assert.Equal(place, At(address).Address);

    [Theory]
    [InlineData("")]
    [InlineData("s3://acme-config")]
    [InlineData("s3://acme-config/")]
    [InlineData("s3://acme-config/folder/")]
    [InlineData("s3://Acme/jobs.json")]
    [InlineData("ssm:acme")]
    [InlineData("ssm:/")]
    public void What_is_none_is_refused_with_the_forms_there_are(string address) =>
        Assert.Contains(
            "use s3://bucket/jobs.json, ssm:/marketo-lambda/jobs or a file (Sync__JobsFile)",
            Assert.Throws<FormatException>(() => At(address)).Message,
            StringComparison.Ordinal);

    [Fact]
    public async Task A_file_is_relative_to_its_folder()
    {
        var folder = Directory.CreateTempSubdirectory("marketo-lambda-test-");
        try
        {
            var file = JobFilePlaces.At("jobs.json", folder.FullName, JobFileClients.OfAws);

            await file.WriteAsync("the jobs", CancellationToken.None);

            Assert.Equal("the jobs", await file.ReadAsync(CancellationToken.None));
            Assert.Equal(Path.Combine(folder.FullName, "jobs.json"), file.Address);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task An_object_of_a_bucket_is_written_and_read()
    {
        var clients = await ClientsAsync();
        using (var s3 = clients.S3())
        {
            await s3.PutBucketAsync("acme-jobs");
        }

        var file = JobFilePlaces.At("s3://acme-jobs/marketo/jobs.json", "/", clients);
        var missing = await Assert.ThrowsAsync<IOException>(() => file.ReadAsync(CancellationToken.None));
        await file.WriteAsync("{ \"größe\": 1 }", CancellationToken.None);

        Assert.Contains(
            "There is no job file s3://acme-jobs/marketo/jobs.json: put it there with",
            missing.Message,
            StringComparison.Ordinal);
        Assert.Equal("{ \"größe\": 1 }", await file.ReadAsync(CancellationToken.None));
        var typo = await Assert.ThrowsAsync<IOException>(() =>
            JobFilePlaces.At("s3://acme-typo/jobs.json", "/", clients).ReadAsync(CancellationToken.None)
        );
        Assert.Contains("There is no bucket acme-typo", typo.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_parameter_is_written_and_read_and_has_its_size()
    {
        var file = JobFilePlaces.At("ssm:/acme/test/jobs", "/", await ClientsAsync());
        var missing = await Assert.ThrowsAsync<IOException>(() => file.ReadAsync(CancellationToken.None));
        await file.WriteAsync("first", CancellationToken.None);
        await file.WriteAsync("second", CancellationToken.None);
        var tooLarge = await Assert.ThrowsAsync<IOException>(() => file.WriteAsync(new string('x', 8193), CancellationToken.None));

        Assert.Contains("There is no job file ssm:/acme/test/jobs", missing.Message, StringComparison.Ordinal);
        Assert.Equal("second", await file.ReadAsync(CancellationToken.None));
        Assert.Contains("8,193 bytes", tooLarge.Message, StringComparison.Ordinal);
        Assert.Contains("keep it in a bucket", tooLarge.Message, StringComparison.Ordinal);
    }

    private static IJobFile At(string address) => JobFilePlaces.At(address, "/", JobFileClients.OfAws);

    private static async Task<JobFileClients> ClientsAsync()
    {
        var aws = await AwsEmulator.SharedAsync();
        Assert.SkipWhen(aws is null, AwsEmulator.Missing);
        var address = aws!.Address.ToString();
        return new JobFileClients(
            () =>
                new AmazonS3Client(
                    Credentials,
                    new AmazonS3Config
                    {
                        ServiceURL = address,
                        ForcePathStyle = true,
                        AuthenticationRegion = "us-east-1",
                    }
                ),
            () =>
                new AmazonSimpleSystemsManagementClient(
                    Credentials,
                    new AmazonSimpleSystemsManagementConfig { ServiceURL = address, AuthenticationRegion = "us-east-1" }
                ));
    }
}
