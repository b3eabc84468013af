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
