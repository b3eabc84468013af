using System;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using BackupLinks.Checksums;
using BackupLinks.Tests.Core.Formats;
using BackupLinks.Transfer;

namespace BackupLinks.Tests.Core.Transfer;

/// <summary>A gzip body is decoded, and checked to its end.</summary>
public sealed class GzipBodyTests
{
    private const int Mebibyte = 1024 * 1024;

    private readonly byte[] _plain = [.. Enumerable.Range(0, 40_000).SelectMany(i => BitConverter.GetBytes(i / 3))];

    [Theory]
    [InlineData(1)]
    [InlineData(16)]
    [InlineData(17)]
    [InlineData(100_000)]
    public async Task A_body_comes_out_whole_in_reads_of_any_length(int count)
    {
        byte[] plain = count == 1 ? _plain[..2000] : _plain;

        byte[] body = Compressed.Gzip(plain);
        byte[] twice = [.. plain, .. plain];

        byte[] one = await ReadAsync(body, count);
        byte[] two = await ReadAsync([.. body, .. body], count);

        Assert.Equal(plain, one);
        Assert.Equal(twice, two);
    }

    [Fact]
    public async Task A_body_of_nothing_is_empty_and_a_read_of_nothing_returns_none()
    {
        Assert.Empty(await ReadAsync(Compressed.Gzip([]), 100));
        using var body = new GzipBody(new MemoryStream(Compressed.Gzip(_plain)), isBounded: true);

        Assert.Equal(0, await body.ReadAsync(new byte[1].AsMemory(0, 0), TestContext.Current.CancellationToken));
        Assert.Equal(0, await body.ReadAsync(new byte[1].AsMemory(1, 0), TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData(5)]
    [InlineData(1000)]
    [InlineData(-9)]
    [InlineData(-8)]
    [InlineData(-4)]
    [InlineData(-1)]
    public async Task A_body_that_is_cut_is_told(int length)
    {
        byte[] body = Compressed.Gzip(_plain);

        await Assert.ThrowsAsync<InvalidDataException>(
            () => ReadAsync(body[..(length < 0 ? body.Length + length : length)], 4096));
    }

    [Theory]
    [InlineData(-8)]
    [InlineData(-4)]
    [InlineData(-1)]
    public async Task A_body_whose_own_checksum_or_length_is_wrong_is_told(int at)
    {
        byte[] body = Compressed.Gzip(_plain);
        body[body.Length + at] ^= 1;

        await Assert.ThrowsAsync<InvalidDataException>(() => ReadAsync(body, 4096));
    }

    // Where the framework reads one member only, the trailer of the last one says whether all came out. Bytes that are
    // not a member end what any framework reads.
    [Theory]
    [InlineData(0u, 0u, true)]
    [InlineData(1u, 0u, false)]
    [InlineData(0u, 1u, false)]
    public async Task Bytes_behind_the_end_are_told_unless_they_are_the_trailer_of_all_that_came_out(
        uint crcFault, uint lengthFault, bool isGood)
    {
        byte[] body =
        [
            .. Compressed.Gzip(_plain), .. BitConverter.GetBytes(Crc32.Compute(_plain) ^ crcFault),
            .. BitConverter.GetBytes((uint)_plain.Length ^ lengthFault),
        ];

        if (isGood)
            Assert.Equal(_plain, await ReadAsync(body, 4096));
        else
            await Assert.ThrowsAsync<InvalidDataException>(() => ReadAsync(body, 4096));
    }

    [Theory]
    [InlineData(15, true, true)]
    [InlineData(18, true, false)]
    [InlineData(18, false, true)]
    public async Task A_body_that_expands_too_much_is_refused_unless_something_else_bounds_it(
        int mebibytes, bool isBounded, bool isGood)
    {
        byte[] body = Compressed.Gzip(new byte[mebibytes * Mebibyte]);
        Assert.InRange(mebibytes * Mebibyte / body.Length, 300, 1100);

        if (isGood)
            Assert.Equal(mebibytes * Mebibyte, (await ReadAsync(body, 65536, isBounded)).Length);
        else
            await Assert.ThrowsAsync<InvalidDataException>(() => ReadAsync(body, 65536, isBounded));
    }

    [Fact]
    public async Task A_body_that_expands_as_much_as_a_backup_does_is_not_refused()
    {
        // 100 to 1.
        byte[] content = new byte[18 * Mebibyte];
        for (int at = 0; at < content.Length; at += 6400)
            new Random(at).NextBytes(content.AsSpan(at, 64));
        byte[] body = Compressed.Gzip(content);
        Assert.InRange(content.Length / body.Length, 50, 150);

        Assert.Equal(content.Length, (await ReadAsync(body, 65536)).Length);
    }

    [Fact]
    public void The_body_is_closed_with_it()
    {
        var body = new MemoryStream(Compressed.Gzip(_plain));

        new GzipBody(body, isBounded: true).Dispose();

        Assert.False(body.CanRead);
    }

    private static async Task<byte[]> ReadAsync(byte[] body, int count, bool isBounded = true)
    {
        using var gzip = new GzipBody(new MemoryStream(body), isBounded);
        using var content = new MemoryStream();
        byte[] buffer = new byte[count];
        for (int read; (read = await gzip.ReadAsync(
            buffer.AsMemory(0, count), TestContext.Current.CancellationToken)) > 0;)
            content.Write(buffer, 0, read);
        return content.ToArray();
    }
}
