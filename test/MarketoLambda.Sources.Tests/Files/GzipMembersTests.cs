using System.Text;
using CsCheck;
using MarketoLambda.Sources.Files;
using MarketoLambda.Sources.Tests.Support;

namespace MarketoLambda.Sources.Tests.Files;

public sealed class GzipMembersTests
{
    private static readonly byte[] First = Drop.Gzip("id\n1\n");
    private static readonly byte[] Second = Drop.Gzip("2\n3\n");

    [Fact]
    public void What_gzip_packed_is_unpacked_whatever_its_size_and_however_it_is_read()
    {
        Gen.Select(Gen.Int[0, 200_000], Gen.Int[1, 4], Gen.Bool, Gen.Int[1, 70_000]).Sample(
            (size, members, isRandom, piece) =>
            {
                // Given
                var random = new Random(size);
                var content = new byte[size];
                if (isRandom)
                {
                    random.NextBytes(content);
                }

                byte[] packed = [.. Enumerable.Range(0, members).SelectMany(_ => Drop.Gzip(content))];
                // When
                using GzipMembers unpacked = new(new MemoryStream(packed));
                using MemoryStream read = new();
                unpacked.CopyTo(read, piece);
                // Then
                Assert.Equal(Enumerable.Repeat(content, members).SelectMany(bytes => bytes), read.ToArray());
            },
            iter: 60, threads: 1);
    }

    [Fact]
    public void Every_part_of_a_header_is_passed()
    {
        // Given
        byte[] header = [0x1F, 0x8B, 8, 2 | 4 | 8 | 16, 0, 0, 0, 0, 0, 3, 2, 0, 9, 9, .. "name\0comment\0"u8, 1, 2];
        // When
        var text = Unpack([.. header, .. First[10..]]);
        // Then
        Assert.Equal("id\n1\n", text);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(100_000)]
    public void Zeros_may_stand_behind_and_between_members(int count)
    {
        // Given
        var zeros = new byte[count];
        // When
        var text = Unpack([.. First, .. zeros, .. Second, .. zeros]);
        // Then
        Assert.Equal("id\n1\n2\n3\n", text);
    }

    [Theory]
    [InlineData("2,y\n3,z\n")]
    [InlineData("\0\0x")]
    [InlineData("\u001F")]
    public void Anything_else_behind_the_last_member_is_damage(string behind)
    {
        // Given
        byte[] packed = [.. First, .. Encoding.Latin1.GetBytes(behind)];
        // When
        var damage = Assert.Throws<GzipDamage>(() => Unpack(packed));
        // Then
        Assert.Contains("something behind its end that is not gzip", damage.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_second_member_with_any_bit_flipped_or_cut_anywhere_is_damage_or_the_same_text()
    {
        for (var at = 0; at < Second.Length; at++)
        {
            for (var bit = 0; bit < 8; bit++)
            {
                // Given
                byte[] packed = [.. First, .. Second];
                packed[First.Length + at] ^= (byte)(1 << bit);
                // When
                var text = TryUnpack(packed);
                // Then: time, level, system and what fills the last byte may be anything
                Assert.Contains(text, new[] { null, "id\n1\n2\n3\n" });
            }

            Assert.Equal(at == 0 ? "id\n1\n" : null, TryUnpack([.. First, .. Second[..at]]));
        }
    }

    [Fact]
    public void The_checksum_is_that_of_gzip()
    {
        Gen.Byte.Array[0, 100].Sample(bytes =>
        {
            // Given
            var packed = Drop.Gzip(bytes);
            // When
            var checksum = Crc32.Append(Crc32.Append(0, bytes.AsSpan(0, bytes.Length / 3)), bytes.AsSpan(bytes.Length / 3));
            // Then
            Assert.True(bytes.Length == 0 || BitConverter.ToUInt32(packed, packed.Length - 8) == checksum);
        });
    }

    [Fact]
    public async Task A_file_that_goes_on_behind_its_end_is_refused_with_its_name()
    {
        // Given
        using DropFolder folder = new();
        folder.With("a.csv.gz", [.. First, .. "A2,y\n"u8]);
        // When
        var refusal = await folder.RefusalAsync();
        // Then
        Assert.StartsWith(
            "a.csv.gz is a gzip file with something behind its end that is not gzip",
            refusal.Message,
            StringComparison.Ordinal);
    }

    private static string Unpack(byte[] packed)
    {
        using StreamReader text = new(new GzipMembers(new MemoryStream(packed)));
        return text.ReadToEnd();
    }

    private static string? TryUnpack(byte[] packed)
    {
        try
        {
            return Unpack(packed);
        }
        catch (GzipDamage)
        {
            return null;
        }
    }
}
