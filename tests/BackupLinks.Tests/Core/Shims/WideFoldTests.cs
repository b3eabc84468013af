using System;
using BackupLinks.Checksums;
using BackupLinks.Shims;

namespace BackupLinks.Tests.Core.Shims;

public sealed class WideFoldTests
{
    [Theory]
    [InlineData(true, 32)]
    [InlineData(true, 64)]
    [InlineData(false, 32)]
    [InlineData(false, 64)]
    public void A_loop_of_either_width_folds_to_the_same_checksum(bool isWidest, int width)
    {
        var loop = WideFold.Compile(isWidest);
        Assert.SkipWhen(loop is null, "The processor or the runtime has no multiplication of this width.");
        var crc = width == 32 ? Crc32.Castagnoli : Crc64.Jones;
        byte[] bytes = new byte[9 * WideFold.Stride];
        new Random(5).NextBytes(bytes);

        for (int length = WideFold.Stride; length < bytes.Length; length += 37)
        {
            var data = bytes.AsSpan(bytes.Length - length);
            byte[] folded = new byte[16];
            int done = CarrylessFold.FoldWide(data, 0xABCDEF01, crc.Multipliers, folded, loop);

            Assert.Equal(length / WideFold.Stride * WideFold.Stride, done);
            Assert.Equal(crc.UpdateByTable(0xABCDEF01, data[..done]), crc.UpdateByTable(0, folded));
        }
    }
}
