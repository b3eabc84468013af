using BackupLinks.Shims;

namespace BackupLinks.Tests.Core.Shims;

public sealed class FileStatusReaderTests
{
    private const uint File = 0x20;
    private const uint Folder = 0x10;
    private const uint ReparsePoint = 0x400;

    [Theory]
    [InlineData(File, 0u, "Regular")]
    [InlineData(Folder, 0u, "Folder")]
    [InlineData(File | ReparsePoint, 0x80000013u, "Regular")]
    [InlineData(File | ReparsePoint, 0x80000007u, "Regular")]
    [InlineData(File | ReparsePoint, 0x9000001Au, "Regular")]
    [InlineData(Folder | ReparsePoint, 0x9000701Au, "Folder")]
    [InlineData(File | ReparsePoint, 0xA000000Cu, "Link")]
    [InlineData(Folder | ReparsePoint, 0xA000000Cu, "Link")]
    [InlineData(Folder | ReparsePoint, 0xA0000003u, "Link")]
    [InlineData(File | ReparsePoint, null, "Link")]
    public void Only_a_reparse_point_that_stands_for_another_name_is_a_link(uint attributes, uint? tag, string type)
    {
        uint[] information = [attributes, 0, 0, 0, 0, 0, 0, 3, 1, 2, 4, 5, 6];

        var status = FileStatusReader.ReadWindows(information, tag);

        Assert.Equal(type, status.Type.ToString());
        Assert.Equal(new FileIdentity(3, (5UL << 32) | 6), status.Identity);
        Assert.Equal((4u, (1L << 32) | 2), (status.Links, status.Size));
    }

    [Fact]
    public void A_share_that_does_not_count_the_names_of_a_file_has_files_of_one_name()
    {
        uint[] information = [File, 0, 0, 0, 0, 0, 0, 3, 1, 2, 0, 5, 6];

        Assert.Equal(1u, FileStatusReader.ReadWindows(information, null).Links);
    }
}
