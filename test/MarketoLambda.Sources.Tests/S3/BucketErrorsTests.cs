using System.Net;
using Amazon.Runtime;
using Amazon.S3;
using MarketoLambda.Sources.Csv;
using MarketoLambda.Sources.S3;
using MarketoLambda.Sources.Tests.Support;
using MarketoLambda.Sync.Sources;
using Microsoft.Extensions.Time.Testing;

namespace MarketoLambda.Sources.Tests.S3;

/// <summary>One sentence for everything that goes wrong, and a position that stands.</summary>
public sealed class BucketErrorsTests
{
    private static readonly BucketPlace Place = new("the-bucket", "drop/");

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(
        403,
        "AccessDenied",
        "User: arn:aws:iam::1:user/jane is not authorized",
        "s3://the-bucket/drop/ may not be listed (AccessDenied); allow s3:ListBucket on the bucket the-bucket for the prefix drop/"
    )]
    [InlineData(404, "NoSuchBucket", "", "There is no bucket the-bucket; create it, or correct \"bucket\" in the job file")]
    [InlineData(301, "PermanentRedirect", "", "The bucket the-bucket is in another region; set \"region\" in the job file to the bucket's")]
    [InlineData(403, "InvalidAccessKeyId", "", "AWS does not accept the credentials (InvalidAccessKeyId); renew them")]
    [InlineData(403, "SignatureDoesNotMatch", "", "AWS does not accept the credentials (SignatureDoesNotMatch); renew them")]
    [InlineData(400, "ExpiredToken", "", "AWS does not accept the credentials (ExpiredToken); renew them")]
    [InlineData(403, "RequestTimeTooSkewed", "", "AWS does not accept the time of this machine; set its clock")]
    [InlineData(
        503,
        "SlowDown",
        "",
        "S3 is in trouble (HTTP 503 SlowDown, again and again); what was read before stands, and the next run goes on. A function in a VPC "
            + "needs a gateway endpoint for S3 or a NAT"
    )]
    [InlineData(
        400,
        "InvalidArgument",
        "",
        "S3 refuses s3://the-bucket/drop/ (HTTP 400 InvalidArgument); look the code up under \"Error responses\" in the Amazon S3 API "
            + "reference"
    )]
    public async Task A_bucket_that_cannot_be_listed(int status, string code, string message, string told)
    {
        // Given
        using ScriptedS3 s3 = new(_ => ScriptedS3.Error((HttpStatusCode)status, code, message));
        // When
        var refusal = await Assert.ThrowsAsync<SourceException>(() => OpenAsync(s3.Client()));
        // Then
        Assert.Equal(told, refusal.Message);
    }

    [Theory]
    [InlineData(
        403,
        "AccessDenied",
        "Access Denied",
        "drop/a.csv may not be read (AccessDenied), and the files after it wait; allow s3:GetObject on s3://the-bucket/drop/*, and "
            + "kms:Decrypt on the key if the bucket is encrypted with one. S3 may say the same of an object that was removed meanwhile"
    )]
    [InlineData(
        403,
        "AccessDenied",
        "User jane is not authorized to perform: kms:Decrypt on resource",
        "drop/a.csv is encrypted with a KMS key that may not be used here (AccessDenied); allow kms:Decrypt on the key, and make sure that "
            + "it is enabled"
    )]
    [InlineData(
        400,
        "KMS.DisabledException",
        "arn is disabled",
        "drop/a.csv is encrypted with a KMS key that may not be used here (KMS.DisabledException); allow kms:Decrypt on the key, and make "
            + "sure that it is enabled"
    )]
    [InlineData(
        403,
        "InvalidObjectState",
        "",
        "drop/a.csv lies in an archive of S3, and the files after it wait; restore it there, or move it to another prefix"
    )]
    [InlineData(
        412,
        "PreconditionFailed",
        "",
        "a.csv was changed while it was read, so it does not count as finished. Run again once nothing writes to it; in a folder on disk, "
            + "better still, let its producer write under another name and rename the complete file"
    )]
    [InlineData(
        416,
        "InvalidRange",
        "",
        "S3 refuses drop/a.csv (HTTP 416 InvalidRange); look the code up under \"Error responses\" in the Amazon S3 API reference"
    )]
    public async Task An_object_that_cannot_be_read(int status, string code, string message, string told)
    {
        // Given
        using ScriptedS3 s3 = new(request =>
            request.Headers.Range is null ? Whole(request) : ScriptedS3.Error((HttpStatusCode)status, code, message));
        // When
        await using var reader = await OpenAsync(s3.Client());
        var refusal = await Assert.ThrowsAsync<SourceException>(() => reader.ReadAsync(Stop).AsTask());
        // Then
        Assert.Equal(told, refusal.Message);
        Assert.Equal(Checkpoint.Start, reader.Position);
    }

    [Fact]
    public async Task A_bucket_that_cannot_be_reached_is_asked_again_by_the_client_and_then_told()
    {
        // Given
        using ScriptedS3 s3 = new(_ => throw new HttpRequestException("connection refused"));
        // When
        var refusal = await Assert.ThrowsAsync<SourceException>(() => OpenAsync(s3.Client(retries: 1)));
        // Then
        Assert.Equal(
            "S3 cannot be reached, or broke off its answer (HttpRequestException); what was read before stands, and the next run goes on. "
                + "A function in a VPC needs a gateway endpoint for S3 or a NAT",
            refusal.Message);
        Assert.Equal(2, s3.Requests);
    }

    [Theory]
    [InlineData(2, true)]
    [InlineData(3, false)]
    public async Task An_answer_that_breaks_off_is_asked_for_again_twice(int breaks, bool isRead)
    {
        // Given
        var ranges = 0;
        using ScriptedS3 s3 = new(request =>
        {
            var response = Whole(request);
            if (request.Headers.Range is not null && ++ranges <= breaks)
            {
                response.Content = new StreamContent(new BreakingStream())
                {
                    Headers = { ContentLength = response.Content.Headers.ContentLength },
                };
            }

            return response;
        });
        await using var reader = await OpenAsync(s3.Client());
        // When
        var read = () => reader.ReadAsync(Stop).AsTask();
        // Then
        if (isRead)
        {
            Assert.Equal("1", ((SourceRecord)(await read())!).Values[0]);
        }
        else
        {
            Assert.StartsWith(
                "S3 cannot be reached, or broke off its answer (IOException); what was read before stands",
                (await Assert.ThrowsAsync<SourceException>(read)).Message,
                StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task An_answer_of_another_length_than_asked_for_is_never_taken()
    {
        // Given: a store that does not know ranges
        using ScriptedS3 s3 = new(request =>
        {
            var response = Whole(request);
            response.Content = request.Headers.Range is null ? response.Content : new StringContent("id\n1\n2\n3\n");
            return response;
        });
        await using var reader = await OpenAsync(s3.Client());
        // When
        var read = () => reader.ReadAsync(Stop).AsTask();
        // Then
        await Assert.ThrowsAsync<SourceException>(read);
    }

    [Fact]
    public async Task An_answer_that_never_comes_is_waited_for_three_times_and_then_told()
    {
        // Given
        FakeTimeProvider clock = new();
        using SemaphoreSlim asked = new(0);
        using ScriptedS3 s3 = new(async (_, cancellationToken) =>
        {
            asked.Release();
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
            throw new InvalidOperationException();
        });
        // When
        var open = OpenAsync(s3.Client(retries: 5), clock);
        for (var attempt = 0; attempt < 3; attempt++)
        {
            await asked.WaitAsync(Stop);
            clock.Advance(BucketCalls.MaxWait);
        }

        // Then
        var refusal = await Assert.ThrowsAsync<SourceException>(() => open);
        Assert.StartsWith("S3 did not answer in time, 3 times; what was read before stands", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_stops_a_run_does_not_wait_for_an_answer()
    {
        // Given: the second piece never comes
        using CancellationTokenSource stop = new();
        using ScriptedS3 s3 = new(async (request, cancellationToken) =>
        {
            if (request.Headers.Range?.Ranges.Single().From > 0)
            {
                await stop.CancelAsync();
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
            }

            return ScriptedS3.Object(request, "drop/a.csv", 30, (_, body) => body.AsSpan().Fill((byte)'\n'));
        });
        var folder = DropBucket.Open(Place, s3.Client(), TimeProvider.System, pieceBytes: 10);
        await using var reader = await new CsvFolderSource(folder, Drop.Options, TimeProvider.System).OpenAsync(
            new ReadRequest(Checkpoint.Start, ["id"], Reading.Roomy),
            Stop);
        // When
        var read = () => reader.ReadAsync(stop.Token).AsTask();
        // Then
        await Assert.ThrowsAnyAsync<OperationCanceledException>(read);
    }

    [Theory]
    [InlineData(
        "Failed to resolve AWS credentials. The credential providers used …",
        "There are no AWS credentials: give the function a role, or at a desk set AWS_PROFILE, or AWS_ACCESS_KEY_ID and "
            + "AWS_SECRET_ACCESS_KEY"
    )]
    [InlineData(
        "No RegionEndpoint or ServiceURL configured",
        "The region of the bucket the-bucket is not known; set \"region\" in the job file"
    )]
    public async Task A_client_that_cannot_even_begin(string says, string told)
    {
        // Given: what the client says where an environment lacks something
        BucketErrors refusals = new(Place, BucketDeed.Read, "\"bucket\" in the job file", "\"region\" in the job file");
        BucketFolder folder = new(Place, new BucketCalls(() => throw new AmazonClientException(says), refusals, TimeProvider.System));
        // When
        var refusal = await Assert.ThrowsAsync<SourceException>(() => folder.ListAsync(Stop).AsTask());
        // Then
        Assert.Equal(told, refusal.Message);
    }

    private static HttpResponseMessage Whole(HttpRequestMessage request) =>
        ScriptedS3.Object(request, "drop/a.csv", 5, (_, body) => "id\n1\n"u8[..body.Length].CopyTo(body));

    private static Task<ISourceReader> OpenAsync(AmazonS3Client client, TimeProvider? time = null) =>
        new CsvFolderSource(DropBucket.Open(Place, client, time ?? TimeProvider.System), Drop.Options, TimeProvider.System).OpenAsync(
            new ReadRequest(Checkpoint.Start, ["id"], Reading.Roomy),
            Stop);

    private sealed class BreakingStream : MemoryStream
    {
        public override int Read(Span<byte> buffer) => throw new IOException("reset by peer");

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            throw new IOException("reset by peer");

        public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
            throw new IOException("reset by peer");
    }
}
