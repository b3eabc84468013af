using BackupLinks.Shims;

namespace BackupLinks.Tests.Core.Shims;

public sealed class SystemErrorsTests
{
    [Theory]
    [InlineData(19, true)]
    [InlineData(112, true)]
    [InlineData(1117, true)]
    [InlineData(5, false)]
    [InlineData(6, false)]
    [InlineData(87, false)]
    public void A_disk_that_fails_is_not_a_call_that_Windows_or_a_share_refuses(int error, bool isFailure) =>
        Assert.Equal(isFailure, SystemErrors.IsDiskFailureOnWindows(error));
}
