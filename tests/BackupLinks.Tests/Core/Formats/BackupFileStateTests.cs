using BackupLinks.Formats;

namespace BackupLinks.Tests.Core.Formats;

/// <summary>Which results of a test are a problem.</summary>
public sealed class BackupFileStateTests
{
    [Theory]
    [InlineData(null, false)]
    [InlineData(BackupFileState.Intact, false)]
    [InlineData(BackupFileState.Unverifiable, false)]
    [InlineData(BackupFileState.Unsupported, false)]
    [InlineData(BackupFileState.Truncated, true)]
    [InlineData(BackupFileState.Damaged, true)]
    [InlineData(BackupFileState.TrailingData, true)]
    [InlineData(BackupFileState.Empty, true)]
    [InlineData(BackupFileState.NotABackup, true)]
    [InlineData("Another", true)]
    public void A_problem_is_all_that_a_test_found_wrong(string? state, bool isProblem) =>
        Assert.Equal(isProblem, BackupFileState.IsProblem(state));
}
