using System;
using System.IO;
using System.Linq;
using BackupLinks.Errors;

namespace BackupLinks.Tests.Core.Files;

/// <summary>On Windows, a scanner that has a file open for a moment does not cost it its name.</summary>
public sealed class BusyFileTests : PartialFileTest
{
    private const int SharingViolation = unchecked((int)0x80070020);
    private int _renames;

    public BusyFileTests() => Disk.ClosesBeforeRename = true;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_file_that_another_process_closes_soon_gets_its_name(bool isDenied)
    {
        Disk.Before = call => FailRename(call, 3, isDenied);

        Finish();

        Assert.Equal(Bytes, File.ReadAllBytes(Target));
        Assert.Equal([Target], Directory.GetFiles(Folder.Path));
        Assert.Equal(3, Disk.CallsOf("wait").Count());
    }

    [Theory]
    [InlineData(Data)]
    [InlineData("dump.rdb")]
    public void One_that_stays_open_is_named_and_the_wait_has_an_end(string name)
    {
        FileStream? open = null;
        Disk.Before = call =>
        {
            if (call.StartsWith("rename", StringComparison.Ordinal) && _renames == 0)
                open = new FileStream(Folder[name], FileMode.OpenOrCreate, FileAccess.Read, FileShare.None);
            FailRename(call, int.MaxValue, isDenied: false);
        };

        var error = AssertKind(ErrorKind.FileInUse, Finish);

        open!.Dispose();
        Assert.StartsWith($"'{Folder[name]}' is in use", error.Message);
        Assert.InRange(Disk.CallsOf("wait").Count(), 4, 100);
    }

    [Fact]
    public void Read_only_file_that_is_not_replaced_is_read_only_again()
    {
        Disk.IsReadOnly = true;
        Disk.Before = call => FailRename(call, int.MaxValue, isDenied: false);

        AssertKind(ErrorKind.FileInUse, () => Finish(replace: true));

        Assert.Equal(["replaceable dump.rdb", "protect dump.rdb"], Disk.CallsOf("replaceable", "protect"));
    }

    [Fact]
    public void Another_error_is_one_at_once()
    {
        Disk.Before = FailOnce("rename dump.rdb", new IOException("The disk is gone."));

        AssertKind(ErrorKind.DestinationUnavailable, Finish);

        Assert.Empty(Disk.CallsOf("wait"));
    }

    private void FailRename(string call, int times, bool isDenied)
    {
        if (!call.StartsWith("rename", StringComparison.Ordinal) || _renames++ >= times)
            return;
        throw isDenied
            ? new UnauthorizedAccessException("Access is denied.")
            : new IOException("It is being used by another process.", SharingViolation);
    }

    private void Finish() => Finish(replace: false);

    private void Finish(bool replace)
    {
        using var file = Open();
        file.Clear();
        file.Write(Bytes, Bytes.Length, 0);
        file.Finish(Bytes.Length, replace, modified: null);
    }
}
