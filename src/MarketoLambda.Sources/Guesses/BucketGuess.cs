using MarketoLambda.Sources.Files;
using MarketoLambda.Sources.S3;
using MarketoLambda.Sync.Guesses;
using MarketoLambda.Sync.Sources;
using MarketoLambda.Sync.Wording;

namespace MarketoLambda.Sources.Guesses;

/// <summary>Guesses how files of a bucket are to be read, from the newest of them.</summary>
public static class BucketGuess
{
    /// <summary>Other files of the folder whose columns are compared.</summary>
    private const int MaxOthers = 5;

    private const string Scheme = "s3://";

    /// <summary>Whether a text is meant to be the address of a bucket.</summary>
    public static bool IsAddress(string text) => text.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase);

    /// <summary>The source that reads the newest file of this address, and those that will come after it.</summary>
    /// <param name="address"><c>s3://bucket/folder/</c>, with or without the name of a file or a pattern such as <c>*.csv</c>.</param>
    /// <param name="time">Measures how long S3 is waited for.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="SourceException">It is no such address, there is no such file, or S3 does not let it be read.</exception>
    public static async Task<GuessedSource> FindAsync(string address, TimeProvider time, CancellationToken cancellationToken)
    {
        if (!BucketAddress.TryParse(address, out var parsed))
        {
            throw new SourceException(
                $"{address} is no address in a bucket: write s3://BUCKET/FOLDER/, or s3://BUCKET/FOLDER/products-*.csv. What lies behind "
                + "the ARN of an access point has to be written into the job file by hand");
        }

        var folder = Open(parsed.Place, time);
        var file = await NewestAsync(folder, parsed, time, cancellationToken);
        var found = await FolderGuess.FindAsync(folder, file, parsed.IsPattern ? 0 : MaxOthers, cancellationToken);
        List<GuessedSetting> place = [new("type", "s3"), new("bucket", parsed.Place.Bucket)];
        place.AddRange(parsed.Place.Prefix.Length == 0 ? [] : [new GuessedSetting("prefix", parsed.Place.Prefix)]);
        place.Add(parsed is { IsPattern: true, Name: { } pattern } ? new GuessedSetting("pattern", pattern) : found.Pattern);
        place.AddRange(found.Type == "csv" ? [] : [new GuessedSetting("format", found.Type)]);
        return new GuessedSource([.. place, .. found.Settings], found.Columns) { File = file.Name, IsDistant = true };
    }

    private static BucketFolder Open(BucketPlace place, TimeProvider time)
    {
        BucketErrors refusals = new(place, BucketDeed.Read, "the address", "AWS_REGION");
        return new BucketFolder(place, new BucketCalls(() => BucketClient.Open(region: null, endpoint: null), refusals, time));
    }

    private static async Task<FileEntry> NewestAsync(
        BucketFolder folder, BucketAddress address, TimeProvider time, CancellationToken cancellationToken)
    {
        if (address is { IsPattern: false, Name: { } name } && await folder.FindAsync(name, cancellationToken) is { } named)
        {
            return named;
        }

        var files = await folder.ListAsync(cancellationToken);
        return NewestFile.Find(files, address.Name)
            ?? throw new SourceException(await WhatIsThereAsync(folder, address, files, time, cancellationToken));
    }

    private static async Task<string> WhatIsThereAsync(
        BucketFolder folder, BucketAddress address, IReadOnlyList<FileEntry> files, TimeProvider time, CancellationToken cancellationToken)
    {
        var (place, name) = address;
        if (files.Count > 0)
        {
            var names = files.Select(file => file.Name);
            return name is null ? $"All files of {place} are empty or still being written: {Quantity.List(names)}"
                : address.IsPattern ? $"No file of {place} fits \"{name}\"{NearName.Instead(name, names, "files")}"
                : $"There is no file {name} in {place}{NearName.Instead(name, names, "files")}";
        }

        var inside = await folder.ListFoldersAsync(cancellationToken);
        var nothing = $"There is no file in {place}";
        return inside.Count > 0
            ? $"{nothing}, and folders inside it are not read; name one of them in the address: {Quantity.List(inside)}"
            : $"{nothing}{await FoldersBesideAsync(place, time, cancellationToken)}; correct the address, or put a file there";
    }

    private static async Task<string> FoldersBesideAsync(BucketPlace place, TimeProvider time, CancellationToken cancellationToken)
    {
        var steps = place.Prefix.Split('/', StringSplitOptions.RemoveEmptyEntries);
        if (steps.Length == 0)
        {
            return "";
        }

        BucketPlace above = new(place.Bucket, string.Concat(steps[..^1].Select(step => $"{step}/")));
        try
        {
            var beside = await Open(above, time).ListFoldersAsync(cancellationToken);
            return NearName.Instead(steps[^1], beside, $"folders of {above}");
        }
        catch (SourceException)
        {
            return ""; // it may be allowed to see this folder only
        }
    }
}
