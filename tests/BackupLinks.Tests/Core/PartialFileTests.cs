using System;
using System.IO;
using BackupLinks.Transfer;

namespace BackupLinks.Tests.Core;

public sealed class PartialFileTests : IDisposable
{
    private static readonly byte[] Bytes = new byte[100];
    private readonly string _folder = Directory.CreateTempSubdirectory("BackupLinks.Tests.").FullName;

    private string Target => Path.Combine(_folder, "dump.rdb");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void What_is_written_after_a_flush_is_not_taken_for_flushed()
    {
        using var file = PartialFile.Open(Target, force: false);
        file.Clear();
        Assert.False(file.IsFlushed);

        file.Write(Bytes, Bytes.Length, 0);
        file.Flush();
        Assert.True(file.IsFlushed);

        file.Write(Bytes, Bytes.Length, Bytes.Length);
        Assert.False(file.IsFlushed);
    }

    [Fact]
    public void What_an_earlier_process_wrote_is_not_taken_for_flushed()
    {
        var identity = new ObjectIdentity("https://host/dump.rdb", "\"tag\"", Bytes.Length);
        using (var file = PartialFile.Open(Target, force: false))
        {
            file.Clear();
            file.Write(Bytes, Bytes.Length, 0);
            file.Claim(identity, [], () => [new ByteRange(0, Bytes.Length)]);
        }

        using var later = PartialFile.Open(Target, force: false);

        Assert.Equal([new ByteRange(0, Bytes.Length)], later.Done);
        Assert.False(later.IsFlushed);
    }
}
