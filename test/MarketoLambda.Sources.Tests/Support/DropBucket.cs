using System.Globalization;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;
using MarketoLambda.Sources.Files;
using MarketoLambda.Sources.S3;
using MarketoLambda.Testing.Aws;

namespace MarketoLambda.Sources.Tests.Support;

/// <summary>A folder of a bucket, in an emulator of S3 that is not ours, through AWS's own client.</summary>
/// <remarks>Its objects are written now, but seem to be as old as a test says.</remarks>
public sealed class DropBucket : Drop
{
    /// <summary>Small, so that most files of tests come in several pieces.</summary>
    private const int PieceBytes = 4096;

    private const string Bucket = "drop-bucket";

    private static readonly Lazy<IAmazonS3?> Shared = new(OpenAsync().GetAwaiter().GetResult);
    private static int _number;

    private readonly Dictionary<string, DateTimeOffset> _changedAt = [];

    public DropBucket()
    {
        Assert.SkipWhen(Shared.Value is null, AwsEmulator.Missing);
        Place = new BucketPlace(Bucket, string.Create(CultureInfo.InvariantCulture, $"test {Interlocked.Increment(ref _number)}/"));
        Files = new DatedFolder(Open(Place), _changedAt);
    }

    public static IAmazonS3 Client => Shared.Value!;

    public override bool IsQuick => false;

    internal BucketPlace Place { get; }

    internal override IFileFolder Files { get; }

    protected override void Write(string name, byte[] bytes, DateTimeOffset changedAt)
    {
        PutObjectRequest request = new() { BucketName = Bucket, Key = Place.Prefix + name, InputStream = new MemoryStream(bytes) };
        Task.Run(() => Client.PutObjectAsync(request)).GetAwaiter().GetResult();
        _changedAt[name] = changedAt;
    }

    /// <summary>Something was put there without <see cref="Drop.With(string, string)"/>.</summary>
    public void IsThere(string name)
    {
        lock (_changedAt)
        {
            _changedAt[name] = Noon.AddHours(-1);
        }
    }

    public override Drop Without(string name)
    {
        Task.Run(() => Client.DeleteObjectAsync(Bucket, Place.Prefix + name)).GetAwaiter().GetResult();
        return this;
    }

    public override void Dispose()
    {
    }

    internal static BucketFolder Open(BucketPlace place, int pieceBytes = PieceBytes) =>
        Open(place, Client, TimeProvider.System, pieceBytes);

    internal static BucketFolder Open(BucketPlace place, IAmazonS3 client, TimeProvider time, int pieceBytes = PieceBytes)
    {
        BucketErrors refusals = new(place, BucketDeed.Read, "\"bucket\" in the job file", "\"region\" in the job file");
        return new BucketFolder(place, new BucketCalls(() => client, refusals, time), clock: null, pieceBytes);
    }

    private static Task<IAmazonS3?> OpenAsync() => Task.Run(async () =>
    {
        if (await AwsEmulator.SharedAsync() is not { } aws)
        {
            return null;
        }

        AmazonS3Client client = new(
            new BasicAWSCredentials("id", "secret"),
            new AmazonS3Config
            {
                ServiceURL = aws.Address.ToString(),
                ForcePathStyle = true,
                AuthenticationRegion = "us-east-1",
            }
        );
        await client.PutBucketAsync(Bucket);
        return (IAmazonS3?)client;
    });

    private sealed class DatedFolder(IFileFolder folder, Dictionary<string, DateTimeOffset> changedAt) : IFileFolder
    {
        public string Description => folder.Description;

        public async ValueTask<IReadOnlyList<FileEntry>> ListAsync(CancellationToken cancellationToken) =>
            [.. (await folder.ListAsync(cancellationToken)).Select(Dated)];

        public async ValueTask<FileEntry?> FindAsync(string name, CancellationToken cancellationToken) =>
            await folder.FindAsync(name, cancellationToken) is { } file ? Dated(file) : null;

        public ValueTask<string?> FingerprintAsync(FileEntry file, CancellationToken cancellationToken) =>
            folder.FingerprintAsync(file, cancellationToken);

        public ValueTask<Stream?> OpenAsync(FileEntry file, CancellationToken cancellationToken) =>
            folder.OpenAsync(file, cancellationToken);

        private FileEntry Dated(FileEntry file) => file with { ModifiedAt = changedAt[file.Name] };
    }
}
