using System.IO;
using BackupLinks.Shims;

namespace BackupLinks.Tests.Core.Shims;

public sealed class DiskFlushTests
{
    [Theory]
    [InlineData(0, true)]
    [InlineData(1, false)]
    [InlineData(5, false)]
    [InlineData(6, false)]
    [InlineData(32, false)]
    [InlineData(50, false)]
    [InlineData(87, false)]
    [InlineData(120, false)]
    public void A_folder_of_Windows_is_flushed_or_has_no_such_call(int error, bool isFlushed) =>
        Assert.Equal(isFlushed, DiskFlush.CheckWindows(error, @"C:\backups"));

    [Theory]
    [InlineData(19)]
    [InlineData(112)]
    [InlineData(1117)]
    public void Another_error_of_Windows_is_one_of_the_disk(int error)
    {
        var thrown = Assert.Throws<IOException>(() => DiskFlush.CheckWindows(error, @"C:\backups"));

        Assert.StartsWith("The disk did not store the data: ", thrown.Message);
        Assert.Contains(@"C:\backups", thrown.Message);
        Assert.Equal(unchecked((int)0x80070000) | error, thrown.HResult);
    }

    [Fact]
    public void A_folder_that_is_there_is_flushed_and_one_that_is_not_is_an_error()
    {
        using var folder = new TemporaryFolder();

        Assert.True(DiskFlush.FlushFolder(folder.Path));
        Assert.ThrowsAny<IOException>(() => DiskFlush.FlushFolder(folder["absent"]));
    }
}
