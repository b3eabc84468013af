using System;
using System.IO;
using BackupLinks.Shims;

namespace BackupLinks.Tests.Core.Shims;

public sealed class PositionalFileTests : IDisposable
{
    private static readonly DateTime Time = new(2026, 1, 15, 3, 4, 5, DateTimeKind.Utc);

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_file_gets_its_time_while_it_is_open_and_locked()
    {
        using (var file = PositionalFile.Open(_folder["dump.rdb"], FileMode.CreateNew))
        {
            file.Write([1, 2, 3], 3, 0);
            file.SetLastWriteTime(Time);
            file.FlushToDisk();
        }

        Assert.Equal(Time, File.GetLastWriteTimeUtc(_folder["dump.rdb"]));
    }

    [Fact]
    public void Windows_sets_the_time_by_the_handle()
    {
        Assert.SkipUnless(OperatingSystem.IsWindows(), "It is a call of Windows.");
        using (var file = new FileStream(_folder["dump.rdb"], FileMode.CreateNew, FileAccess.Write, FileShare.None))
            Assert.Equal(0, Kernel32.SetLastWriteTime(file.SafeFileHandle, Time));

        Assert.Equal(Time, File.GetLastWriteTimeUtc(_folder["dump.rdb"]));
    }
}
