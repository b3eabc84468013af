using System;
#if NET8_0_OR_GREATER
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
#endif

namespace BackupLinks.Shims;

/// <summary>The two sums of an Adler-32 over one piece, several bytes at a time where the processor can.</summary>
internal static class AdlerSums
{
    /// <summary>The most bytes at once, so that no sum overflows before its remainder is taken (RFC 1950 section
    /// 9).</summary>
    public const int LongestPiece = 5552;

    /// <summary>Adds the bytes to both sums, without taking a remainder.</summary>
    /// <param name="data">Up to <see cref="LongestPiece"/> bytes.</param>
    /// <param name="sum">The sum of the bytes.</param>
    /// <param name="sumOfSums">The sum of the sums after each byte.</param>
    public static void Add(ReadOnlySpan<byte> data, ref uint sum, ref uint sumOfSums)
    {
#if NET8_0_OR_GREATER
        if (Avx2.IsSupported && data.Length >= 32)
            data = data.Slice(AddWideVectors(data, ref sum, ref sumOfSums));
        if (Vector128.IsHardwareAccelerated && data.Length >= 32)
            data = data.Slice(AddVectors(data, ref sum, ref sumOfSums));
#endif
        foreach (byte value in data)
        {
            sum += value;
            sumOfSums += sum;
        }
    }

#if NET8_0_OR_GREATER
    private static int AddWideVectors(ReadOnlySpan<byte> data, ref uint sum, ref uint sumOfSums)
    {
        var weights = Vector256.Create(
            (sbyte)32, 31, 30, 29, 28, 27, 26, 25, 24, 23, 22, 21, 20, 19, 18, 17,
            16, 15, 14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1);
        var sums = Vector256<uint>.Zero;
        var weighted = Vector256<int>.Zero;
        var before = Vector256<uint>.Zero;
        int blocks = data.Length / 32;
        ref byte start = ref MemoryMarshal.GetReference(data);
        for (int i = 0; i < blocks; i++)
        {
            var bytes = Vector256.LoadUnsafe(ref start, (nuint)(32 * i));
            before += sums;
            sums += Avx2.SumAbsoluteDifferences(bytes, Vector256<byte>.Zero).AsUInt32();
            // 255 * (32 + 31) fits into 16 bits.
            var products = Avx2.MultiplyAddAdjacent(bytes, weights);
            weighted += Avx2.MultiplyAddAdjacent(products, Vector256<short>.One);
        }

        sumOfSums += (uint)(32 * blocks * sum) + (32 * Vector256.Sum(before)) + (uint)Vector256.Sum(weighted);
        sum += Vector256.Sum(sums);
        return 32 * blocks;
    }

    private static int AddVectors(ReadOnlySpan<byte> data, ref uint sum, ref uint sumOfSums)
    {
        var weightsLow = Vector128.Create((ushort)16, 15, 14, 13, 12, 11, 10, 9);
        var weightsHigh = Vector128.Create((ushort)8, 7, 6, 5, 4, 3, 2, 1);
        var sums = Vector128<uint>.Zero;
        var weighted = Vector128<uint>.Zero;
        var before = Vector128<uint>.Zero;
        int blocks = data.Length / 16;
        ref byte start = ref MemoryMarshal.GetReference(data);
        for (int i = 0; i < blocks; i++)
        {
            before += sums;
            var (low, high) = Vector128.Widen(Vector128.LoadUnsafe(ref start, (nuint)(16 * i)));
            var (low0, low1) = Vector128.Widen(low + high);
            sums += low0 + low1;
            // 16 * 255 fits into 16 bits, the sum of two such products too.
            var (products0, products1) = Vector128.Widen((low * weightsLow) + (high * weightsHigh));
            weighted += products0 + products1;
        }

        sumOfSums += (uint)(16 * blocks * sum) + (16 * Vector128.Sum(before)) + Vector128.Sum(weighted);
        sum += Vector128.Sum(sums);
        return 16 * blocks;
    }
#endif
}
