using System.Globalization;
using BackupLinks.Tests.Core.Formats;

namespace BackupLinks.Tests.Core.Transfer;

/// <summary>A store whose tag is no MD5, and that states a checksum in a header when a test has it do so.</summary>
public abstract class StatedChecksumTest : TransferTest
{
    internal const string PartsTag = "\"5b3c1a2e053d763e1b002cc607c5a0fe-2\"";

    protected StatedChecksumTest()
    {
        Store.Content = Bytes(300_000);
        Store.Tag = PartsTag;
        Store.Change = (_, response) =>
        {
            if (Header is not null)
                response.Headers.TryAddWithoutValidation(HeaderName, Header);
        };
    }

    private protected string? Header { get; set; }

    private protected string HeaderName { get; set; } = "x-oss-hash-crc64ecma";

    // Bit by bit, by another way than the module's.
    private protected static string Crc(byte[] content)
    {
        ulong crc = ulong.MaxValue;
        foreach (byte value in content)
        {
            crc ^= value;
            for (int bit = 0; bit < 8; bit++)
                crc = (crc & 1) == 0 ? crc >> 1 : (crc >> 1) ^ 0xC96C5795D7870F42;
        }

        return (~crc).ToString(CultureInfo.InvariantCulture);
    }

    // As a proxy does: no length, no range, no tag. The content before.
    private protected byte[] CompressOnTheWay()
    {
        byte[] plain = Bytes(100_000);
        (Store.Content, Store.Tag, Store.Codings, Store.HasNoLength) = (Compressed.Gzip(plain), null, ["gzip"], true);
        Store.IgnoresRanges = true;
        return plain;
    }
}
