using System;
using System.Security.Cryptography;
using System.Text;

namespace BackupLinks.Sandbox;

/// <summary>One object in the store: bytes that look random and are the same on every run.</summary>
public sealed class SandboxObject
{
    private readonly Lazy<byte[]> _content;

    /// <summary>Creates an object.</summary>
    /// <param name="bucket">Its bucket.</param>
    /// <param name="key">Its key, not encoded.</param>
    /// <param name="length">Its size in bytes.</param>
    public SandboxObject(string bucket, string key, int length)
    {
        Bucket = bucket;
        Key = key;
        Length = length;
        _content = new Lazy<byte[]>(() => Generate(bucket + "/" + key, length));
    }

    /// <summary>The bucket.</summary>
    public string Bucket { get; }

    /// <summary>The key, not encoded.</summary>
    public string Key { get; }

    /// <summary>The size in bytes.</summary>
    public int Length { get; }

    /// <summary>The bytes.</summary>
    public byte[] Content => _content.Value;

    /// <summary>The SHA-256 of the bytes, in lower-case hexadecimal.</summary>
    public string Sha256 => Convert.ToHexStringLower(SHA256.HashData(Content));

    /// <summary>The MD5 of the bytes, in quotes, as a store gives it for an object that was uploaded in one piece.</summary>
    public string ETag => $"\"{Convert.ToHexStringLower(MD5.HashData(Content))}\"";

    /// <summary>When it was stored.</summary>
    public DateTimeOffset LastModified { get; } = new(2026, 1, 15, 3, 0, 0, TimeSpan.Zero);

    private static byte[] Generate(string name, int length)
    {
        var seed = SHA256.HashData(Encoding.UTF8.GetBytes(name));
        var random = new Random(BitConverter.ToInt32(seed));
        var content = new byte[length];
        random.NextBytes(content);
        return content;
    }
}
