using System;
using System.Buffers.Binary;
using System.Security.Cryptography;
using BackupLinks.Checksums;
using BackupLinks.Text;

namespace BackupLinks.Formats;

/// <summary>One file of a manifest of pg_basebackup.</summary>
/// <param name="path">Its path in the data folder.</param>
/// <param name="size">Its size in bytes.</param>
/// <param name="algorithm">The name of its checksum; null when it has none.</param>
/// <param name="checksum">The checksum in hexadecimal.</param>
internal sealed class PgManifestFile(string path, long size, string? algorithm, string? checksum)
{
    /// <summary>Its path in the data folder.</summary>
    public string Path { get; } = path;

    /// <summary>Its size in bytes.</summary>
    public long Size { get; } = size;

    /// <summary>True once an archive had it.</summary>
    public bool IsSeen { get; set; }

    /// <summary>True for a checksum that can be computed here; .NET does not have SHA-224.</summary>
    public bool HasChecksum => checksum is not null && algorithm is "CRC32C" or "SHA256" or "SHA384" or "SHA512";

    /// <summary>Begins to sum the content.</summary>
    /// <param name="watcher">Takes the content.</param>
    /// <returns>Says at the end whether the checksum is right.</returns>
    public Func<bool> Begin(out BytesPassed watcher)
    {
        if (algorithm == "CRC32C")
        {
            var crc = new Crc32(Crc32.Castagnoli);
            watcher = crc.Append;
            return () => IsRight(crc.Value);
        }

        var hash = IncrementalHash.CreateHash(new HashAlgorithmName(algorithm));
        watcher = bytes => hash.AppendData(bytes.ToArray());
        return () =>
        {
            using (hash)
                return IsRight(hash.GetHashAndReset());
        };
    }

    // PostgreSQL writes the number as it lies in the memory of a little-endian machine.
    private bool IsRight(uint crc)
    {
        byte[] bytes = new byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, crc);
        return IsRight(bytes);
    }

    private bool IsRight(byte[] sum) => string.Equals(Hex.Encode(sum), checksum, StringComparison.OrdinalIgnoreCase);
}
