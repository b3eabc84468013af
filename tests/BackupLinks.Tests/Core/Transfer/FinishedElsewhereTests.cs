using System.IO;
using System.Threading.Tasks;
using BackupLinks.Transfer;

namespace BackupLinks.Tests.Core.Transfer;

/// <summary>Another process saves the same file.</summary>
public sealed class FinishedElsewhereTests : TransferTest
{
    [Fact]
    public async Task A_file_that_another_process_saved_before_the_lock_is_not_downloaded_again()
    {
        Store.Content = Bytes(300_000);
        Store.Tag = Store.Md5Tag;
        bool isSaved = false;
        Disk = new RecordingDisk
        {
            Before = call =>
            {
                if (call != "open dump.rdb.partial.json" || isSaved)
                    return;
                isSaved = true;
                File.WriteAllBytes(FilePath, Store.Content);
            },
        };

        Assert.Equal(SaveStatus.AlreadyPresent, (await SaveAsync()).Status);

        AssertWhole();
        Assert.Single(Store.Requests);
        Assert.Equal([FilePath], Directory.GetFiles(Folder));
    }
}
