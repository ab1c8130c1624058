using System.IO.Compression;

namespace MarketoLambda.Sources.Files;

/// <summary>Unpacks gzip so that every cut and every damaged checksum is an <see cref="InvalidDataException"/>.</summary>
/// <remarks>
/// Without <c>System.IO.Compression.UseStrictValidation</c> .NET reads a cut file "to its end" and says nothing. The switch is read once, by
/// the first decompression of the process, so programs set it as a RuntimeHostConfigurationOption; setting it here is a second
/// line, and where that came too late, files are refused rather than believed. Several members in a row are one text; a cut
/// exactly between two members cannot be seen, and bytes after the last member are ignored.
/// </remarks>
internal static class StrictGzip
{
    public const string Switch = "System.IO.Compression.UseStrictValidation";

    private const byte FirstByte = 0x1F;
    private const byte SecondByte = 0x8B;

    // Ten bytes of header and an empty block; the checksum and the size that must follow are cut off.
    private static readonly byte[] CutFile = [FirstByte, SecondByte, 8, 0, 0, 0, 0, 0, 0, 3, 3, 0];

    /// <summary>False where something unpacked in this process before the switch was set.</summary>
    public static bool IsOn { get; } = TurnOn();

    /// <summary>Whether content begins like gzip. A lone first byte counts: it is no text, and it is what a cut may leave.</summary>
    public static bool Begins(ReadOnlySpan<byte> content) =>
        content is [FirstByte] or [FirstByte, SecondByte, ..];

    /// <summary>Unpacks the stream and leaves it open.</summary>
    public static Stream Unpack(Stream content) =>
        IsOn
            ? new GZipStream(content, CompressionMode.Decompress, leaveOpen: true)
            : throw new NotSupportedException($"this program must set the runtime switch {Switch} to true, or a cut gzip file would go unnoticed");

    private static bool TurnOn()
    {
        AppContext.SetSwitch(Switch, true);
        try
        {
            using var cut = new GZipStream(new MemoryStream(CutFile), CompressionMode.Decompress);
            cut.CopyTo(Stream.Null);
            return false;
        }
        catch (InvalidDataException)
        {
            return true;
        }
    }
}
