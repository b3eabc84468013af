using System;
#if NET8_0_OR_GREATER
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using ArmAes = System.Runtime.Intrinsics.Arm.Aes;
#endif

namespace BackupLinks.Shims;

/// <summary>
/// Folds long input into 16 bytes of the same reflected CRC, by the processor's carry-less multiplication: V. Gopal and
/// others, "Fast CRC Computation for Generic Polynomials Using PCLMULQDQ Instruction" (Intel, 2009).
/// </summary>
internal static class CarrylessFold
{
    /// <summary>Input that is shorter is left to the table.</summary>
    public const int MinimumLength = 256;

#if NET8_0_OR_GREATER
    // What is shorter is folded before the wide loop is called.
    private const int MinimumWideLength = 4096;
    private const int Stride = 8 * 16;

    /// <summary>True where the processor multiplies without carry.</summary>
    public static bool IsSupported => Pclmulqdq.IsSupported || ArmAes.IsSupported;

    /// <summary>Folds as many blocks of 16 bytes as there are.</summary>
    /// <param name="data">The input; <see cref="MinimumLength"/> bytes or more.</param>
    /// <param name="register">The register before the input.</param>
    /// <param name="multipliers">The multipliers of the CRC.</param>
    /// <param name="folded">Takes the 16 bytes that have, from a register of 0, the same CRC as the folded
    /// input.</param>
    /// <returns>The number of bytes that were folded.</returns>
    // The first code that the runtime makes of a loop like this takes three times as long, for 100 ms and more.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static int Fold(
        ReadOnlySpan<byte> data, ulong register, in FoldMultipliers multipliers, Span<byte> folded)
    {
        if (data.Length >= MinimumWideLength && WideFold.Find(data.Length) is { } loop)
            return FoldWide(data, register, multipliers, folded, loop);
        ref byte start = ref MemoryMarshal.GetReference(data);
        var lane0 = Load(ref start, 0) ^ Vector128.Create(register, 0);
        var lane1 = Load(ref start, 16);
        var lane2 = Load(ref start, 32);
        var lane3 = Load(ref start, 48);
        var lane4 = Load(ref start, 64);
        var lane5 = Load(ref start, 80);
        var lane6 = Load(ref start, 96);
        var lane7 = Load(ref start, 112);
        int at = Stride;
        var multiplier = Vector128.Create(multipliers.Far.Low, multipliers.Far.High);
        for (; at <= data.Length - Stride; at += Stride)
        {
            lane0 = Advance(lane0, multiplier) ^ Load(ref start, at);
            lane1 = Advance(lane1, multiplier) ^ Load(ref start, at + 16);
            lane2 = Advance(lane2, multiplier) ^ Load(ref start, at + 32);
            lane3 = Advance(lane3, multiplier) ^ Load(ref start, at + 48);
            lane4 = Advance(lane4, multiplier) ^ Load(ref start, at + 64);
            lane5 = Advance(lane5, multiplier) ^ Load(ref start, at + 80);
            lane6 = Advance(lane6, multiplier) ^ Load(ref start, at + 96);
            lane7 = Advance(lane7, multiplier) ^ Load(ref start, at + 112);
        }

        multiplier = Vector128.Create(multipliers.Near.Low, multipliers.Near.High);
        var lane = Advance(lane0, multiplier) ^ lane1;
        lane = Advance(lane, multiplier) ^ lane2;
        lane = Advance(lane, multiplier) ^ lane3;
        lane = Advance(lane, multiplier) ^ lane4;
        lane = Advance(lane, multiplier) ^ lane5;
        lane = Advance(lane, multiplier) ^ lane6;
        lane = Advance(lane, multiplier) ^ lane7;
        for (; at <= data.Length - 16; at += 16)
            lane = Advance(lane, multiplier) ^ Load(ref start, at);
        lane.AsByte().CopyTo(folded);
        return at;
    }

    /// <summary>The same as <see cref="Fold"/>, by a wide loop.</summary>
    /// <param name="data">The input; <see cref="WideFold.Stride"/> bytes or more.</param>
    /// <param name="register">The register before the input.</param>
    /// <param name="multipliers">The multipliers of the CRC.</param>
    /// <param name="folded">Takes the 16 bytes.</param>
    /// <param name="loop">The inner loop.</param>
    /// <returns>The number of bytes that were folded.</returns>
    public static int FoldWide(
        ReadOnlySpan<byte> data, ulong register, in FoldMultipliers multipliers, Span<byte> folded, WideFold.Loop loop)
    {
        Span<ulong> lanes = stackalloc ulong[WideFold.Stride / sizeof(ulong)];
        var words = MemoryMarshal.Cast<byte, ulong>(data);
        words.Slice(0, lanes.Length).CopyTo(lanes);
        lanes[0] ^= register;
        var (low, high) = multipliers.Farthest;
        Span<ulong> factors = [low, high, low, high, low, high, low, high];
        int count = (words.Length / lanes.Length * lanes.Length) - lanes.Length;
        loop(
            ref MemoryMarshal.GetReference(words.Slice(lanes.Length)), count,
            ref MemoryMarshal.GetReference(lanes), ref MemoryMarshal.GetReference(factors));

        var multiplier = Vector128.Create(multipliers.Near.Low, multipliers.Near.High);
        var lane = Vector128.Create(lanes[0], lanes[1]);
        for (int i = 2; i < lanes.Length; i += 2)
            lane = Advance(lane, multiplier) ^ Vector128.Create(lanes[i], lanes[i + 1]);
        lane.AsByte().CopyTo(folded);
        return (lanes.Length + count) * sizeof(ulong);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<ulong> Load(ref byte start, int at) =>
        Vector128.LoadUnsafe(ref start, (nuint)at).AsUInt64();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<ulong> Advance(Vector128<ulong> lane, Vector128<ulong> multiplier) => Pclmulqdq.IsSupported
        ? Pclmulqdq.CarrylessMultiply(lane, multiplier, 0x00) ^ Pclmulqdq.CarrylessMultiply(lane, multiplier, 0x11)
        : ArmAes.PolynomialMultiplyWideningLower(lane.GetLower(), multiplier.GetLower())
            ^ ArmAes.PolynomialMultiplyWideningUpper(lane, multiplier);
#else
    public static bool IsSupported => false;

    public static int Fold(
        ReadOnlySpan<byte> data, ulong register, in FoldMultipliers multipliers, Span<byte> folded) =>
        throw new PlatformNotSupportedException();
#endif
}
