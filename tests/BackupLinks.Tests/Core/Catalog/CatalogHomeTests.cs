using System;
using System.IO;
using System.Threading.Tasks;
using BackupLinks.Catalog;
using BackupLinks.Errors;
using BackupLinks.Tests.Core.Transfer;

namespace BackupLinks.Tests.Core.Catalog;

/// <summary>A folder that is no longer the one that it was.</summary>
public sealed class CatalogHomeTests : TransferTest
{
    public static TheoryData<string> Errors => ["disk", "permission"];

    [Theory]
    [MemberData(nameof(Errors))]
    public void A_disk_that_cannot_say_whether_the_folder_is_there_is_a_loss_of_its_own(string error)
    {
        Directory.CreateDirectory(Folder);
        var disk = new RecordingDisk();
        var home = new CatalogHome(Folder, disk, isFound: false);
        Assert.Null(home.FindLoss());
        disk.Before = _ => throw Failure(error);

        var loss = home.FindLoss();

        Assert.Contains($"'{Folder}' cannot be looked at any more (The disk went away)", loss!.Value.Problem);
        Assert.Contains("check its disk", loss.Value.Advice);
    }

    [Theory]
    [MemberData(nameof(Errors))]
    public async Task A_file_is_not_saved_to_a_disk_that_went_away_and_the_error_says_what_to_do(string error)
    {
        Directory.CreateDirectory(Folder);
        var disk = new RecordingDisk();
        Disk = disk;
        Store.Content = Bytes(1000);
        Store.Tag = Store.Md5Tag;
        var context = CreateContext();
        disk.Before = call => throw (call == "look " + Path.GetFileName(Folder) ? Failure(error) : new IOException());

        var failure = await Assert.ThrowsAsync<BackupLinksException>(() => SaveInAsync(context));

        Assert.Equal(ErrorKind.DestinationUnavailable, failure.Kind);
        Assert.Equal(
            $"The folder '{Folder}' cannot be looked at any more (The disk went away), so nothing is saved there; "
                + "check its disk and its permissions, and run the command again.",
            failure.Message);
        Assert.Empty(Store.Requests);
    }

    [Fact]
    public void A_folder_that_is_yet_to_be_made_is_no_loss_and_one_that_was_removed_is()
    {
        var before = new CatalogHome(Folder, Disk, isFound: false);
        Assert.Null(before.FindLoss());
        Directory.CreateDirectory(Folder);
        var after = new CatalogHome(Folder, Disk, isFound: false);
        Assert.Null(after.FindLoss());

        Directory.Delete(Folder);

        Assert.Null(before.FindLoss());
        Assert.EndsWith("no longer there, as when its volume was unmounted", after.FindLoss()!.Value.Problem);
        Assert.Equal("mount it", after.FindLoss()!.Value.Advice);
    }

    private static Exception Failure(string error) => error == "disk"
        ? new IOException("The disk went away.") : new UnauthorizedAccessException("The disk went away.");
}
