using System;
using System.Collections.Generic;
using System.Formats.Tar;
using System.IO;
using System.Text;
using BackupLinks.Formats;
using static BackupLinks.Tests.Core.Formats.ArchiveWriter;
using static BackupLinks.Tests.Core.Formats.FormatTest;

namespace BackupLinks.Tests.Core.Formats;

/// <summary>The extended headers of a tar archive.</summary>
public sealed class TarHeaderTests
{
    private static readonly byte[] Text = Encoding.ASCII.GetBytes(new string('a', 700));

    // A map of a sparse member, or an attribute of a file.
    [Theory]
    [InlineData(10)]
    [InlineData(70_000)]
    [InlineData(300_000)]
    public void An_extended_header_may_be_of_any_length(int length)
    {
        using var output = new MemoryStream();
        using (var writer = new TarWriter(output, TarEntryFormat.Pax, leaveOpen: true))
        {
            writer.WriteEntry(new PaxTarEntry(
                TarEntryType.RegularFile, "big",
                new Dictionary<string, string> { ["SCHILY.xattr.user.map"] = new string('7', length) })
            {
                DataStream = new MemoryStream(Text),
            });
        }

        byte[] file = output.ToArray();
        foreach (int pieces in new[] { 0, 1000 })
            Assert.Equal(BackupFileState.Intact, Test(file, pieces).State);
        Assert.Equal(BackupFileState.Truncated, State(file[..600]));
    }

    [Fact]
    public void A_long_name_may_be_longer_than_any_path() => Assert.Equal(
        BackupFileState.Intact, State(Tar(('L', "././@LongLink", new byte[100_000]), ('0', "a", Text))));

    // "size=" is a name only where a record begins.
    [Fact]
    public void The_size_of_an_extended_header_is_that_of_a_record()
    {
        byte[] value =
            [.. PaxRecord("comment", "a\n12 size=99\n"), .. PaxRecord("size", "700"), .. PaxRecord("a", "b")];
        byte[] Pack(params byte[][] extensions)
        {
            var writer = new ByteWriter();
            foreach (byte[] extension in extensions)
                writer.Add(TarMember(extension == value ? 'x' : 'L', "x", extension, extension.Length));
            return writer.Add(TarMember('0', "a", Text, 0)).Add(new byte[1024]).ToArray();
        }

        Assert.Equal(BackupFileState.Intact, State(Pack(value)));
        // Another header of the same member has its own size.
        Assert.Equal(BackupFileState.Intact, State(Pack(value, "name\0"u8.ToArray())));
    }

    // Octal digits between spaces and NULs, or base 256; negative sizes, and those beyond 63 bits, are none.
    [Theory]
    [InlineData("00000001274\0", 700)]
    [InlineData("       1274 ", 700)]
    [InlineData("000000001274", 700)]
    [InlineData("77777777777\0", 0x1FFFFFFFFL)]
    [InlineData("00000001284\0", -1)]
    [InlineData("0000000127x\0", -1)]
    [InlineData("\u0080\0\0\0\0\0\0\0\0\0\u0002\u00bc", 700)]
    [InlineData("\u0080\0\0\0\u007f\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff", long.MaxValue)]
    [InlineData("\u0080\0\0\0\u0080\0\0\0\0\0\0\0", -1)]
    [InlineData("\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff", -1)]
    public void A_size_is_read_as_every_tar_writes_it(string field, long size)
    {
        byte[] block = new byte[TarHeader.BlockSize];
        Encoding.Latin1.GetBytes(field).CopyTo(block, 124);

        Assert.Equal(size, new TarHeader(block).Size);
    }

    [Theory]
    [InlineData("size", "700")]
    [InlineData("size", "1300")]
    public void A_damaged_size_in_an_extended_header_is_in_the_bytes_that_are_requested_again(string name, string size)
    {
        byte[] record = PaxRecord(name, size);
        byte[] content = Noise(int.Parse(size, System.Globalization.CultureInfo.InvariantCulture));
        byte[] file =
        [
            .. TarMember('0', "a", Text, Text.Length), .. TarMember('x', "x", record, record.Length),
            .. TarMember('0', "b", content, 0), .. TarMember('0', "c", Text, Text.Length), .. new byte[1024],
        ];
        int at = file.AsSpan().IndexOf("size="u8);
        Assert.Equal(BackupFileState.Intact, State(file));
        int found = 0;
        for (int i = at - 3; i < at + record.Length - 3; i++)
        {
            for (int bit = 0; bit < 8; bit++)
            {
                var report = Test(Flip(file, i, bit));
                if (report.ProblemRange is not { } range)
                    continue;
                Assert.True(range.Start <= i && i < range.End, $"{i}, {bit}: {report.Problem} {range}");
                found++;
            }
        }

        Assert.InRange(found, 20, int.MaxValue);
    }
}
