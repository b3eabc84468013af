using System.IO;
using System.Linq;
using BackupLinks.Sandbox;
using BackupLinks.Transfer;

namespace BackupLinks.Tests.Engine;

/// <summary>A folder for each link, out of one command.</summary>
public sealed class DestinationTests : SaveTest
{
    [Fact]
    public void Script_block_gives_each_link_its_folder_and_files_of_one_name_stay_apart()
    {
        SandboxObject[] items = [new("bucket", "a/0.rdb", 1000), new("bucket", "b/0.rdb", 2000), new("bucket", "c/0.rdb", 3000)];
        foreach (var item in items)
            Server.Cloud.Put(item);
        var rows = items.Select((item, i) => Row(item).With("InstanceId", i == 1 ? "i1" : "i0")).ToArray();

        var result = Module.Run("param($links, $d) $links | Save-BackupFile -Destination { \"$d/$($_.InstanceId)/\" }", rows, Folder);

        Assert.Empty(result.Errors);
        var saved = result.Output.Select(item => (SavedBackupFile)item.BaseObject).ToArray();
        Assert.Equal(
            items.Select(item => item.Sha256).Order(), saved.Select(file => file.Sha256).Order());
        AssertContent(items[1], Path.Combine(Folder, "i1", "0.rdb"));
        // Two of one folder are told apart there, and not by the other folder's.
        Assert.Equal(2, Directory.GetFiles(Path.Combine(Folder, "i0"), "0*.rdb").Length);
        Assert.False(Directory.GetFileSystemEntries(Folder).Any(path => Path.GetFileName(path).Contains('$')), "a script block became a folder's name");
    }

    [Fact]
    public void Property_of_what_is_piped_in_is_its_folder()
    {
        var item = Put("0.rdb", 1000);

        var result = Module.Run("param($links) $links | Save-BackupFile", Row(item).With("Destination", Path.Combine(Folder, "mine")));

        Assert.Empty(result.Errors);
        AssertContent(item, Path.Combine(Folder, "mine", "0.rdb"));
    }

    [Fact]
    public void Folder_of_one_link_that_cannot_be_is_that_links_error()
    {
        var good = Put("good.rdb", 1000);
        object[] rows = [Row(Put("bad.rdb", 1000)).With("Destination", "variable:/x"), Row(good).With("Destination", Folder)];

        var result = Module.Run("param($links) $links | Save-BackupFile", new object[] { rows });

        result.SingleError("DestinationUnavailable");
        Assert.Null(result.Thrown);
        AssertContent(good, Path.Combine(Folder, "good.rdb"));
    }

    [Fact]
    public void Folder_of_all_that_cannot_be_ends_the_command()
    {
        object[] rows = [Row(Put("0.rdb", 1000)), Row(Put("1.rdb", 1000))];

        var result = Module.Run("param($links) $links | Save-BackupFile -Destination variable:/x", new object[] { rows });

        result.SingleError("DestinationUnavailable");
        Assert.Empty(StoreRequests);
    }
}
