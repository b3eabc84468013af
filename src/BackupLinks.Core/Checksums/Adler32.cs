using System;
using BackupLinks.Shims;

namespace BackupLinks.Checksums;

/// <summary>Adler-32 (RFC 1950 section 8), which zlib streams and qpress have; grows with each piece of the
/// input.</summary>
internal sealed class Adler32
{
    private const uint Modulus = 65521;

    private uint _sum = 1;
    private uint _sumOfSums;

    /// <summary>The value of the input so far.</summary>
    public uint Value => (_sumOfSums << 16) | _sum;

    /// <summary>Begins another input.</summary>
    public void Reset() => (_sum, _sumOfSums) = (1, 0);

    /// <summary>Adds a piece of the input.</summary>
    public void Append(ReadOnlySpan<byte> data)
    {
        while (data.Length > 0)
        {
            int count = Math.Min(AdlerSums.LongestPiece, data.Length);
            AdlerSums.Add(data.Slice(0, count), ref _sum, ref _sumOfSums);
            _sum %= Modulus;
            _sumOfSums %= Modulus;
            data = data.Slice(count);
        }
    }
}
