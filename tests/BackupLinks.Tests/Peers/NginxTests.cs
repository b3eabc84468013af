using System;
using System.IO;
using System.Management.Automation;
using System.Threading;
using BackupLinks.Tests.Engine;
using BackupLinks.Tests.Isolation;
using BackupLinks.Transfer;

namespace BackupLinks.Tests.Peers;

/// <summary>A server that was not written for these tests.</summary>
public sealed class NginxTests : SaveTest
{
    [Theory]
    [InlineData(1)]
    [InlineData((3 * Segment) + 17)]
    public void Files_of_any_size_come_in_segments_and_whole(int size)
    {
        using var nginx = new NginxServer(Folder);
        string sha256 = nginx.Put("dump.rdb", RandomBytes(size));

        foreach (string path in new[] { "", "one/" })
        {
            var saved = SaveOne($"{nginx.Address}/{path}dump.rdb", "-SegmentCount 4 -Force");
            Assert.Equal((sha256, size), (saved.Sha256, saved.Size));
        }

        Assert.Equal(SaveStatus.AlreadyPresent, SaveOne($"{nginx.Address}/dump.rdb").Status);
    }

    [Fact]
    public void An_empty_file_is_one_where_its_size_says_so()
    {
        using var nginx = new NginxServer(Folder);
        string sha256 = nginx.Put("dump.rdb", []);

        var row = new PSObject();
        row.Properties.Add(new PSNoteProperty("Uri", $"{nginx.Address}/dump.rdb"));
        row.Properties.Add(new PSNoteProperty("Size", 0));

        var saved = SaveOne(row, "-SegmentCount 4");

        Assert.Equal((sha256, 0L), (saved.Sha256, saved.Size));
    }

    [Fact]
    public void A_stopped_download_goes_on_and_one_of_a_file_that_was_replaced_begins_again()
    {
        using var nginx = new NginxServer(Folder);
        byte[] content = RandomBytes(2 * Segment);
        string sha256 = nginx.Put("dump.rdb", content);
        Stop(nginx);

        var saved = SaveOne($"{nginx.Address}/slow/dump.rdb", "-SegmentCount 8");
        Assert.Equal(sha256, saved.Sha256);
        Assert.InRange(saved.BytesResumed, 1, content.Length);

        Stop(nginx);
        content[5] ^= 1;
        File.Delete(Path.Combine(Folder, "www", "dump.rdb"));
        sha256 = nginx.Put("dump.rdb", content);
        File.SetLastWriteTimeUtc(Path.Combine(Folder, "www", "dump.rdb"), DateTime.UtcNow);
        var result = Save($"{nginx.Address}/slow/dump.rdb", "-SegmentCount 8 -Force");
        Assert.Equal(sha256, result.Single<SavedBackupFile>().Sha256);
        Assert.Single(result.Warnings);
    }

    [Fact]
    public void A_link_of_secure_link_works_until_it_expires()
    {
        using var nginx = new NginxServer(Folder);
        string sha256 = nginx.Put("dump.rdb", RandomBytes(Segment + 1));

        Assert.Equal(
            sha256, SaveOne(nginx.Presign("dump.rdb", DateTimeOffset.UtcNow.AddMinutes(5)), "-SegmentCount 2").Sha256);
        Save(nginx.Presign("dump.rdb", DateTimeOffset.UtcNow.AddMinutes(-5)), "-Force").SingleError("LinkExpired");
        Save(nginx.Presign("dump.rdb", DateTimeOffset.UtcNow.AddMinutes(5)).Replace("md5=", "md5=x"), "-Force")
            .SingleError("AccessDenied");
    }

    private static byte[] RandomBytes(int size)
    {
        var content = new byte[size];
        new Random(size).NextBytes(content);
        return content;
    }

    private void Stop(NginxServer nginx)
    {
        using var shell = PowerShell.Create(Module.Runspace);
        shell.AddScript("param($u, $d) $u | Save-BackupFile -Destination $d -SegmentCount 2 -Force").AddArgument(
            $"{nginx.Address}/slow/dump.rdb").AddArgument(Folder);
        shell.BeginInvoke();
        Assert.True(
            SpinWait.SpinUntil(
                () => new FileInfo(Path.Combine(Folder, "dump.rdb.partial")) is { Exists: true, Length: > 100_000 },
                TestTimeout.Hang));
        shell.Stop();
    }
}
