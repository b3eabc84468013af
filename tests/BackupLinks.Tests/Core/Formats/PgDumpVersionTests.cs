using BackupLinks.Formats;
using static BackupLinks.Tests.Core.Formats.FormatTest;

namespace BackupLinks.Tests.Core.Formats;

/// <summary>The versions of the archives of pg_dump, each of which has a field more than the one before.</summary>
public sealed class PgDumpVersionTests
{
    [Theory]
    [InlineData(10, true)]
    [InlineData(11, true)]
    [InlineData(12, false)]
    [InlineData(13, true)]
    [InlineData(14, true)]
    [InlineData(14, false)]
    [InlineData(15, true)]
    [InlineData(15, false)]
    [InlineData(16, true)]
    public void Each_version_has_its_own_fields(byte version, bool isCompressed)
    {
        var report = Test(PgDumpWriter.Custom(2, isCompressed, version));

        Assert.Equal((BackupFileState.Intact, $"1.{version}.0"), (report.State, report.FormatVersion));
    }

    [Theory]
    [InlineData(9)]
    [InlineData(32)]
    public void A_version_that_is_not_known_is_not_judged(byte version) =>
        Assert.Equal(BackupFileState.Unsupported, State(PgDumpWriter.Custom(2, isCompressed: true, version)));
}
