using BackupLinks.Shims;

namespace BackupLinks.Tests.Core.Shims;

public sealed class SystemErrorsTests
{
    [Theory]
    [InlineData(1, true, false)]
    [InlineData(50, true, false)]
    [InlineData(87, true, false)]
    [InlineData(5, false, true)]
    [InlineData(32, false, true)]
    [InlineData(2, false, false)]
    public void What_Windows_does_not_have_is_not_what_it_refuses(int error, bool isNotSupported, bool isRefused) =>
        Assert.Equal(
            (isNotSupported, isRefused),
            (SystemErrors.IsNotSupportedOnWindows(error), SystemErrors.IsRefusedOnWindows(error)));
}
