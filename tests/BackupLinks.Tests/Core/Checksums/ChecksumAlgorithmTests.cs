using BackupLinks.Checksums;

namespace BackupLinks.Tests.Core.Checksums;

public sealed class ChecksumAlgorithmTests
{
    private const string Md5 = "0123456789abcdef0123456789ABCDEF";

    [Theory]
    [InlineData(ChecksumAlgorithm.Md5, Md5, "0123456789abcdef0123456789abcdef")]
    [InlineData(ChecksumAlgorithm.Md5, " " + Md5 + "\n", "0123456789abcdef0123456789abcdef")]
    [InlineData(ChecksumAlgorithm.Md5, Md5 + "0", null)]
    [InlineData(ChecksumAlgorithm.Md5, "g123456789abcdef0123456789abcdef", null)]
    [InlineData(ChecksumAlgorithm.Md5, Md5 + Md5, null)]
    [InlineData(ChecksumAlgorithm.Md5, null, null)]
    [InlineData(ChecksumAlgorithm.Sha256, Md5, null)]
    [InlineData(
        ChecksumAlgorithm.Sha256, Md5 + Md5, "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef")]
    [InlineData(ChecksumAlgorithm.Crc64, "18446744073709551615", "18446744073709551615")]
    [InlineData(ChecksumAlgorithm.Crc64, " 0042 ", "42")]
    [InlineData(ChecksumAlgorithm.Crc64, "18446744073709551616", null)]
    [InlineData(ChecksumAlgorithm.Crc64, "-1", null)]
    [InlineData(ChecksumAlgorithm.Crc64, "0", null)]
    [InlineData(ChecksumAlgorithm.Crc64, null, null)]
    public void A_checksum_is_compared_in_one_spelling_and_anything_else_is_none(
        string algorithm, string? text, string? expected) =>
        Assert.Equal(expected, ChecksumAlgorithm.Normalize(algorithm, text));
}
