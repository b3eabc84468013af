using System;
using System.Buffers.Binary;
using System.Security.Cryptography;
using BackupLinks.Checksums;

namespace BackupLinks.Formats.Compression;

/// <summary>The checksum that each block of an xz stream has, of one of four kinds.</summary>
internal sealed class XzCheck : IDisposable
{
    private const int None = 0;
    private const int OfCrc32 = 1;
    private const int OfCrc64 = 4;
    private const int OfSha256 = 10;

    private readonly Crc32 _crc32 = new();
    private readonly Crc64 _crc64 = Crc64.CreateXz();
    private readonly IncrementalHash _sha256 = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private int _kind;

    /// <summary>Its length in bytes, which is known of kinds to come, too.</summary>
    public int Length => _kind == None ? 0 : 4 << ((_kind - 1) / 3);

    /// <summary>The covered bytes.</summary>
    public string Coverage => _kind switch
    {
        None => ChecksumCoverage.None,
        OfCrc32 or OfCrc64 or OfSha256 => ChecksumCoverage.Verified,
        _ => ChecksumCoverage.NotChecked,
    };

    /// <summary>Begins the first block of a stream.</summary>
    /// <param name="kind">The kind, as the header of the stream has it.</param>
    public void Begin(int kind) => _kind = kind;

    /// <summary>Adds content of a block.</summary>
    public void Append(ReadOnlySpan<byte> content)
    {
        switch (_kind)
        {
            case OfCrc32:
                _crc32.Append(content);
                break;
            case OfCrc64:
                _crc64.Append(content);
                break;
            case OfSha256:
                _sha256.AppendData(content.ToArray());
                break;
        }
    }

    /// <summary>Ends a block.</summary>
    /// <param name="stated">The checksum that stands behind it.</param>
    /// <returns>False when the content has another one.</returns>
    public bool IsRight(ReadOnlySpan<byte> stated)
    {
        bool isRight = _kind switch
        {
            OfCrc32 => BinaryPrimitives.ReadUInt32LittleEndian(stated) == _crc32.Value,
            OfCrc64 => BinaryPrimitives.ReadUInt64LittleEndian(stated) == _crc64.Value,
            OfSha256 => stated.SequenceEqual(_sha256.GetHashAndReset()),
            _ => true,
        };
        _crc32.Reset();
        _crc64.Reset();
        return isRight;
    }

    public void Dispose() => _sha256.Dispose();
}
