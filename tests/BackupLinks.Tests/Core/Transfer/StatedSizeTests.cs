using System.Threading.Tasks;
using BackupLinks.Errors;

namespace BackupLinks.Tests.Core.Transfer;

/// <summary>A body without a length of its own has the size that the provider states.</summary>
public sealed class StatedSizeTests : TransferTest
{
    public StatedSizeTests()
    {
        Store.HasNoLength = true;
        Store.IgnoresRanges = true;
    }

    [Theory]
    [InlineData(1000, 1, 1000)]
    [InlineData(1024, 1024, 2047)]
    [InlineData(2048, 1024, 1025)]
    public async Task A_body_of_the_stated_size_is_saved(long stated, long unit, int length)
    {
        Source = Source with { Size = stated, SizeUnit = unit };
        Store.Content = Bytes(length);

        await SaveAsync();

        AssertWhole();
    }

    [Theory]
    [InlineData(1000, 1, 1001, "has 1001 or more bytes in the store, where 1000 were stated")]
    [InlineData(1000, 1, 999, "has 999 bytes in the store, where 1000 were stated")]
    [InlineData(1024, 1024, 2048, "has 2048 or more bytes in the store, where about 1024 were stated")]
    [InlineData(2048, 1024, 1024, "has 1024 bytes in the store, where about 2048 were stated")]
    public async Task A_body_of_another_size_is_told_and_may_be_longer_than_what_came_of_it(
        long stated, long unit, int length, string message)
    {
        Source = Source with { Size = stated, SizeUnit = unit };
        Store.Content = Bytes(length);

        Assert.Contains(message, (await FailAsync(ErrorKind.SizeMismatch)).Message);
    }
}
