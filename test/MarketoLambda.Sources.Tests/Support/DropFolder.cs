using MarketoLambda.Sources.Files;

namespace MarketoLambda.Sources.Tests.Support;

/// <summary>A folder on disk.</summary>
public sealed class DropFolder : Drop
{
    public string Path { get; } = Directory.CreateTempSubdirectory("csv-source-").FullName;

    public override bool IsQuick => true;

    internal override IFileFolder Files => new LocalFolder(Path);

    public override void Dispose() => Directory.Delete(Path, recursive: true);

    protected override void Write(string name, byte[] bytes, DateTimeOffset changedAt)
    {
        var path = System.IO.Path.Combine(Path, name);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, bytes);
        File.SetLastWriteTimeUtc(path, changedAt.UtcDateTime);
    }

    public override Drop Without(string name)
    {
        File.Delete(System.IO.Path.Combine(Path, name));
        return this;
    }
}
