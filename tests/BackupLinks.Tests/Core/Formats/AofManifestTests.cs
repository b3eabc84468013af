using System.Text;
using BackupLinks.Formats;

namespace BackupLinks.Tests.Core.Formats;

public sealed class AofManifestTests
{
    [Fact]
    public void A_line_that_names_no_part_is_told_by_its_place()
    {
        const string First = "file appendonly.aof.1.base.rdb seq 1 type b\n# caf\u00e9\n";

        var report = FormatTest.Test(Encoding.UTF8.GetBytes(First + "nothing\n"));

        Assert.Equal(BackupFileState.Damaged, report.State);
        Assert.Contains($"the line at {Encoding.UTF8.GetByteCount(First)} names no part", report.Problem);
    }
}
