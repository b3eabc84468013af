using System.Collections.Generic;
using System.Linq;
using BackupLinks.Checksums;

namespace BackupLinks.Transfer;

/// <summary>The checksums that a file is compared with.</summary>
internal static class StatedChecksums
{
    /// <summary>
    /// The checksums that are stated of the bytes that are saved: that of the caller alone, else those of the provider
    /// and of the store.
    /// </summary>
    /// <param name="source">The object.</param>
    /// <param name="response">A response with the object, or with a part of it.</param>
    /// <param name="isDecoded">True when the body is decoded: what the store states is of its stored bytes.</param>
    /// <param name="ignoreEntityTag">True when the entity tag is not an MD5.</param>
    public static IReadOnlyList<StatedChecksum> Of(
        TransferSource source, ObjectResponse response, bool isDecoded, bool ignoreEntityTag)
    {
        if (source.ExpectedHash is { } expected)
        {
            string algorithm = expected.Length == ChecksumAlgorithm.Md5Length
                ? ChecksumAlgorithm.Md5 : ChecksumAlgorithm.Sha256;
            return [new StatedChecksum(algorithm, expected.ToLowerInvariant(), ChecksumOrigin.Caller)];
        }

        var stated = new List<StatedChecksum>(source.Checksums);
        if (isDecoded)
            return stated;
        StatedChecksum? tag = !response.IsEncryptedByStore && response.GetIdentity(0).PossibleMd5 is { } md5
            ? new StatedChecksum(ChecksumAlgorithm.Md5, md5, ChecksumOrigin.EntityTag) : null;
        // One number in several headers is one statement, and that of the tag: a store that errs repeats its mistake.
        stated.AddRange(response.Checksums.Prepend(tag).OfType<StatedChecksum>()
            .GroupBy(checksum => (checksum.Algorithm, checksum.Value)).Select(same => same.First())
            .Where(checksum => !ignoreEntityTag || checksum.Origin != ChecksumOrigin.EntityTag));
        return stated;
    }
}
