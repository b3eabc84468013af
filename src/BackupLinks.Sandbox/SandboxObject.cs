using System;
using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace BackupLinks.Sandbox;

/// <summary>
/// One object in the store: bytes that look random and are the same on every run, made as they are read. Those of an
/// <c>.rdb</c> are a whole backup of Redis.
/// </summary>
public sealed class SandboxObject
{
    // Stores take larger ones in parts only, and then the entity tag is no MD5.
    private const long LargestUpload = 64 * 1024 * 1024;
    private const int PartLength = 8 * 1024 * 1024;
    private const int WordLength = sizeof(ulong);
    private const int ShortestRdb = 64;
    private const byte RdbEnd = 0xFF;
    private const int RdbChecksumLength = 8;

    private readonly ulong _seed;
    private readonly byte[]? _content;
    private readonly byte[] _head = [];
    private readonly byte[] _end = [];
    private readonly Lazy<string> _sha256;
    private readonly Lazy<string> _etag;
    private readonly Lazy<ulong> _crc64;

    /// <summary>Creates an object.</summary>
    /// <param name="bucket">Its bucket.</param>
    /// <param name="key">Its key, not encoded.</param>
    /// <param name="length">Its size in bytes.</param>
    /// <param name="version">Another one has other bytes.</param>
    public SandboxObject(string bucket, string key, long length, int version = 1)
    {
        Bucket = bucket;
        Key = key;
        Length = length;
        LastModified = new DateTimeOffset(2026, 1, 15, 3, 0, 0, TimeSpan.Zero).AddHours(version - 1);
        if (key.EndsWith(".rdb", StringComparison.Ordinal) && length >= ShortestRdb)
            (_head, _end) = (RdbHead(length), [RdbEnd, .. new byte[RdbChecksumLength]]);
        _seed = BinaryPrimitives.ReadUInt64LittleEndian(
            SHA256.HashData(Encoding.UTF8.GetBytes($"{bucket}/{key}/{version}")));
        _sha256 = new Lazy<string>(() => Hash(HashAlgorithmName.SHA256));
        _crc64 = new Lazy<ulong>(() => Verification.Crc64.Of(this));
        _etag = new Lazy<string>(
            () => $"\"{(length <= LargestUpload ? Hash(HashAlgorithmName.MD5) : PartsTag(length))}\"");
    }

    /// <summary>Creates an object with bytes of its own.</summary>
    public SandboxObject(string bucket, string key, byte[] content)
        : this(bucket, key, content.Length) => (_content, _head, _end) = (content, [], []);

    /// <summary>Creates an object that is nothing but zeros, for sizes that no test has the time to make.</summary>
    public static SandboxObject OfZeros(string bucket, string key, long length) =>
        new(bucket, key, length) { IsZeros = true };

    private bool IsZeros { get; init; }

    /// <summary>The bucket.</summary>
    public string Bucket { get; }

    /// <summary>The key, not encoded.</summary>
    public string Key { get; }

    /// <summary>The size in bytes.</summary>
    public long Length { get; }

    /// <summary>The SHA-256 of the bytes, in lower-case hexadecimal.</summary>
    public string Sha256 => _sha256.Value;

    /// <summary>
    /// In quotes: the MD5 of the bytes, as a store gives it for an object that was uploaded in one piece, else
    /// something with a dash.
    /// </summary>
    public string ETag => _etag.Value;

    /// <summary>The CRC-64 of the bytes, that of xz.</summary>
    public ulong Crc64 => _crc64.Value;

    /// <summary>When it was stored.</summary>
    public DateTimeOffset LastModified { get; }

    /// <summary>Makes some of the bytes.</summary>
    /// <param name="position">The first.</param>
    /// <param name="target">Takes them; must not reach over the end.</param>
    public void Read(long position, Span<byte> target)
    {
        if (IsZeros)
        {
            target.Clear();
            return;
        }

        if (_content is not null)
        {
            _content.AsSpan((int)position, target.Length).CopyTo(target);
            return;
        }

        Fill(position, target);
        Overlay(_head, 0, position, target);
        Overlay(_end, Length - _end.Length, position, target);
    }

    // The bytes of a part, where they are within the target.
    private static void Overlay(byte[] part, long partPosition, long position, Span<byte> target)
    {
        long from = Math.Max(partPosition, position);
        long to = Math.Min(partPosition + part.Length, position + target.Length);
        if (from < to)
            part.AsSpan((int)(from - partPosition), (int)(to - from)).CopyTo(target[(int)(from - position)..]);
    }

    // One key with one long string; a checksum of 0 is that of a server with rdbchecksum no.
    private static byte[] RdbHead(long length)
    {
        byte[] head =
        [
            .. "REDIS0011"u8, 0xFA, 9, .. "redis-ver"u8, 6, .. "7.0.15"u8, 0xFE, 0, 0, 4, .. "data"u8, 0x81,
            .. new byte[sizeof(long)],
        ];
        long value = length - head.Length - 1 - RdbChecksumLength;
        BinaryPrimitives.WriteInt64BigEndian(head.AsSpan(head.Length - sizeof(long)), value);
        return head;
    }

    private void Fill(long position, Span<byte> target)
    {
        Span<byte> word = stackalloc byte[WordLength];
        while (target.Length > 0)
        {
            int skip = (int)(position % WordLength);
            ulong value = Mix(_seed + ((ulong)(position / WordLength) * 0x9E3779B97F4A7C15));
            if (skip == 0 && target.Length >= WordLength)
            {
                BinaryPrimitives.WriteUInt64LittleEndian(target, value);
                target = target[WordLength..];
                position += WordLength;
                continue;
            }

            BinaryPrimitives.WriteUInt64LittleEndian(word, value);
            int count = Math.Min(WordLength - skip, target.Length);
            word.Slice(skip, count).CopyTo(target);
            target = target[count..];
            position += count;
        }
    }

    // SplitMix64: every word follows from its place alone.
    private static ulong Mix(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }

    private string PartsTag(long length) => $"{_seed:x16}{_seed:x16}-{(length + PartLength - 1) / PartLength}";

    private string Hash(HashAlgorithmName algorithm)
    {
        using var hash = IncrementalHash.CreateHash(algorithm);
        byte[] block = new byte[1024 * 1024];
        for (long position = 0; position < Length; position += block.Length)
        {
            var part = block.AsSpan(0, (int)Math.Min(block.Length, Length - position));
            Read(position, part);
            hash.AppendData(part);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
