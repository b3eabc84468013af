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
        SandboxObject[] items = [new("bucket", "a/0.rdb", 1000), new("bucket", "b/0.rdb", 2000),
        new("bucket", "c/0.rdb", 3000)];
        foreach (var item in items)
            Server.Cloud.Put(item);
        var rows = items.Select((item, i) => Row(item).With("InstanceId", i == 1 ? "i1" : "i0")).ToArray();

        var result = Module.Run(
            "param($links, $d) $links | Save-BackupFile -Destination { \"$d/$($_.InstanceId)/\" }", rows, Folder);

        Assert.Empty(result.Errors);
        var saved = result.Output.Select(item => (SavedBackupFile)item.BaseObject).ToArray();
        Assert.Equal(
            items.Select(item => item.Sha256).Order(), saved.Select(file => file.Sha256).Order());
        AssertContent(items[1], Path.Combine(Folder, "i1", "0.rdb"));
        // Two of one folder are told apart there, and not by the other folder's.
        Assert.Equal(2, Directory.GetFiles(Path.Combine(Folder, "i0"), "0*.rdb").Length);
        Assert.False(
            Directory.GetFileSystemEntries(Folder).Any(path => Path.GetFileName(path).Contains('$')),
            "a script block became a folder's name");
    }

    [Fact]
    public void Property_of_what_is_piped_in_is_its_folder()
    {
        var item = Put("0.rdb", 1000);

        var result = Module.Run(
            "param($links) $links | Save-BackupFile", Row(item).With("Destination", Path.Combine(Folder, "mine")));

        Assert.Empty(result.Errors);
        AssertContent(item, Path.Combine(Folder, "mine", "0.rdb"));
    }

    [Fact]
    public void Folder_of_one_link_that_cannot_be_is_that_links_error()
    {
        var good = Put("good.rdb", 1000);
        object[] rows = [Row(Put("bad.rdb", 1000)).With("Destination", "variable:/x"),
        Row(good).With("Destination", Folder)];

        var result = Module.Run("param($links) $links | Save-BackupFile", new object[] { rows });

        result.SingleError("DestinationUnavailable");
        Assert.Null(result.Thrown);
        AssertContent(good, Path.Combine(Folder, "good.rdb"));
    }

    [Fact]
    public void Folder_of_all_that_cannot_be_ends_the_command()
    {
        object[] rows = [Row(Put("0.rdb", 1000)), Row(Put("1.rdb", 1000))];

        var result = Module.Run(
            "param($links) $links | Save-BackupFile -Destination variable:/x", new object[] { rows });

        result.SingleError("DestinationUnavailable");
        Assert.Empty(StoreRequests);
    }

    [Fact]
    public void Fleet_is_saved_into_folders_by_the_names_of_its_instances()
    {
        Server.Cloud.AddFleet(12, 24);

        var result = Run($$"""
            Get-DcsInstance @h | Get-DcsBackup @h -Latest | Get-DcsBackupLink @h |
                Save-BackupFile -Destination { "{{Folder}}/dcs/$($_.InstanceName)" }
            Get-CdsInstance @o | Get-CdsBackup @o -Latest | Get-CdsBackupDownload @o |
                Save-BackupFile -Destination {
                    "{{Folder}}/cds/$($_.InstanceName)/$($_.BackupTime.ToString('yyyy-MM-dd'))"
                }
            """);

        Assert.Empty(result.Errors);
        string[] names = ["prod-001", "prod-002", "prod-003", "test-004", "prod-005", "prod-006", "prod-007",
        "test-008",
        "prod-009", "prod-010", "prod-011", "test-012"];
        Assert.Equal(
            names.Append("prod-sessions").Order(),
            Directory.GetDirectories(Path.Combine(Folder, "dcs")).Select(Path.GetFileName).Order());
        Assert.Equal(
            names.Append("prod-carts").Order(),
            Directory.GetDirectories(Path.Combine(Folder, "cds")).Select(Path.GetFileName).Order());
        foreach (var file in result.Output.Select(item => (SavedBackupFile)item.BaseObject))
        {
            Assert.Contains($"/{file.InstanceName}/", file.Path.Replace('\\', '/'));
            // The sandbox numbers its files as its instances.
            if (char.IsDigit(file.InstanceName![^1]))
                Assert.EndsWith($"_{file.InstanceName[^3..]}.rdb", file.Name);
        }
    }

    [Theory]
    [InlineData("Save-BackupFile $link -Destination { 'x' }")]
    [InlineData("Save-BackupFile -Uri $link.Uri -Destination { 'x' }")]
    public void Script_block_without_a_pipeline_is_an_error_and_no_folder(string command)
    {
        string link = Server.Presign(Put("0.rdb", 1000)).OriginalString;

        var result = Module.Run($"param($uri) $link = [pscustomobject] @{{ Uri = $uri }}; {command}", link);

        Assert.Contains("script block", result.SingleError("ScriptBlockArgumentNoInput").ToString());
        Assert.Empty(StoreRequests);
    }
}
