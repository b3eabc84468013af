using System.Collections.Generic;
using System.Linq;
using BackupLinks.Checksums;
using BackupLinks.Shims;
using BackupLinks.Text;

namespace BackupLinks.Transfer;

/// <summary>The checksums of the bytes of a file, as texts.</summary>
/// <param name="Sha256">The SHA-256.</param>
/// <param name="Md5">The MD5; null when none is stated to compare it with.</param>
/// <param name="Crc64">The CRC-64; null when none is stated to compare it with.</param>
internal sealed record FileChecksums(string Sha256, string? Md5, string? Crc64)
{
    private static readonly string[] Order =
        [ChecksumAlgorithm.Sha256, ChecksumAlgorithm.Md5, ChecksumAlgorithm.Crc64];

    /// <summary>The checksums of some bytes.</summary>
    /// <param name="bytes">Begins with them.</param>
    /// <param name="count">Their number.</param>
    public static FileChecksums OfStart(byte[] bytes, int count)
    {
        var crc = Checksums.Crc64.CreateXz();
        crc.Append(bytes, 0, count);
        return new FileChecksums(
            Hex.Encode(Hashing.Sha256(bytes, count)), Hex.Encode(Hashing.Md5(bytes, count)),
            ChecksumAlgorithm.ToText(crc.Value));
    }

    /// <summary>The checksum by an algorithm; null when it was not computed.</summary>
    public string? Of(string algorithm) => algorithm switch
    {
        ChecksumAlgorithm.Md5 => Md5,
        ChecksumAlgorithm.Crc64 => Crc64,
        _ => Sha256,
    };

    /// <summary>True when the bytes have a checksum.</summary>
    public bool Match(StatedChecksum stated) => Of(stated.Algorithm) == stated.Value;

    /// <summary>
    /// The algorithms of the stated checksums that the bytes have, as one text; null when they have none.
    /// </summary>
    public string? Describe(IEnumerable<StatedChecksum> stated)
    {
        string[] names = [.. Order.Intersect(stated.Where(Match).Select(checksum => checksum.Algorithm))];
        return names.Length == 0 ? null : string.Join(", ", names);
    }
}
