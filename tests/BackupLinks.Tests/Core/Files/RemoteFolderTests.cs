using System.IO;
using BackupLinks.Errors;
using BackupLinks.Files;

namespace BackupLinks.Tests.Core.Files;

/// <summary>Folders of NFS and FUSE, where a file gets its name as a second one, and then loses the first.</summary>
public sealed class RemoteFolderTests : PartialFileTest
{
    public RemoteFolderTests()
    {
        Assert.SkipUnless(System.OperatingSystem.IsLinux(), "A second name is the way of Unix, by Linux's numbers.");
        Disk.IsRemote = true;
    }

    [Fact]
    public void A_file_gets_its_name_and_loses_the_first_one_before_the_folder_is_flushed()
    {
        using var file = Begin();

        file.Finish(Bytes.Length, replace: false, modified: null);

        Assert.Equal(Bytes, File.ReadAllBytes(Target));
        Assert.Equal([Target], Directory.GetFiles(Folder.Path, "dump.rdb*"));
        Assert.False(File.Exists(Folder[".nfs." + Data]));
        Assert.Equal(
            [
                $"flush {Data}", "rename dump.rdb", $"delete {Data}", $"folder {Path.GetFileName(Folder.Path)}",
                $"delete {Journal}",
            ],
            Disk.CallsOf("flush", "rename", "delete", "folder"));
    }

    [Fact]
    public void A_file_that_is_there_is_kept()
    {
        Disk.Before = Once("rename dump.rdb", () => File.WriteAllText(Target, "theirs"));
        using var file = Begin();

        AssertKind(ErrorKind.FileExists, () => file.Finish(Bytes.Length, replace: false, modified: null));

        Assert.Equal("theirs", File.ReadAllText(Target));
    }

    [Fact]
    public void A_third_name_that_another_process_gave_it_costs_it_the_name()
    {
        Disk.Before = Once("rename dump.rdb", () => HardLink(Folder[Data], Folder["other"]));
        using var file = Begin();

        AssertKind(ErrorKind.FileInUse, () => file.Finish(Bytes.Length, replace: false, modified: null));

        Assert.False(File.Exists(Target));
        Assert.True(File.Exists(Folder[Data]));
    }

    [Fact]
    public void A_file_that_came_in_place_of_the_second_name_costs_the_first_one_nothing()
    {
        bool isNamed = false;
        Disk.Before = call =>
        {
            if (isNamed && call == "look dump.rdb")
            {
                isNamed = false;
                File.Delete(Target);
                File.WriteAllText(Target, "theirs");
            }

            isNamed |= call == "rename dump.rdb";
        };
        using var file = Begin();

        AssertKind(ErrorKind.FileInUse, () => file.Finish(Bytes.Length, replace: false, modified: null));

        Assert.Equal(("theirs", true), (File.ReadAllText(Target), File.Exists(Folder[Data])));
    }

    private PartialFile Begin()
    {
        var file = Open();
        file.Clear();
        file.Write(Bytes, Bytes.Length, 0);
        return file;
    }
}
