using System;
using System.IO;
using System.Linq;
using BackupLinks.Errors;

namespace BackupLinks.Tests.Core.Files;

public sealed class PartialDataTests : PartialFileTest
{
    [Fact]
    public void A_flush_during_a_write_is_not_one_of_its_bytes()
    {
        using var file = Open();
        file.Clear();
        Disk.Before = Once($"write {Data}", file.Flush);

        file.Write(Bytes, Bytes.Length, 0);

        Assert.False(file.IsFlushed);
    }

    [Fact]
    public void A_file_that_was_planted_and_cannot_be_put_back_is_told_as_such()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Only Linux and macOS let a file go that is open.");
        using var file = Open();
        file.Clear();
        file.Write(Bytes, Bytes.Length, 0);
        Disk.Before = call =>
        {
            if (call == "rename dump.rdb")
            {
                File.Delete(Folder[Data]);
                File.WriteAllBytes(Folder[Data], new byte[Bytes.Length]);
            }
            else if (call == $"rename {Data}")
            {
                throw new IOException("The disk is gone.");
            }
        };

        AssertKind(ErrorKind.FileInUse, () => file.Finish(Bytes.Length, replace: false, modified: null));

        Assert.Single(Disk.CallsOf("rename"), call => call == $"rename {Data}");
    }

    // Windows fills what is between the end and a write behind it, which takes minutes in a large file.
    [Fact]
    public void A_file_that_is_written_in_segments_is_sparse_before_the_first_write_behind_its_end()
    {
        using var file = Open();
        file.Clear();

        file.Write(Bytes, Bytes.Length, 0);
        file.Write(Bytes, Bytes.Length, Bytes.Length);
        Assert.Empty(Disk.CallsOf("sparse"));
        file.Write(Bytes, Bytes.Length, 1000);
        file.Write(Bytes, Bytes.Length, 5000);

        Assert.Equal(
            [$"write {Data}", $"write {Data}", $"sparse {Data}", $"write {Data}", $"write {Data}"],
            Disk.CallsOf("write", "sparse").Where(call => call.EndsWith(Data, StringComparison.Ordinal)));
    }

    [Fact]
    public void A_new_file_after_a_sparse_one_is_made_sparse_too()
    {
        using var file = Open();
        file.Clear();
        file.Write(Bytes, Bytes.Length, 1000);

        file.Clear();
        file.Write(Bytes, Bytes.Length, 1000);

        Assert.Equal(2, Disk.CallsOf("sparse").Count());
    }
}
