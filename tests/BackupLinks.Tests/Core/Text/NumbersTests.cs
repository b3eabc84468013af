using BackupLinks.Text;

namespace BackupLinks.Tests.Core.Text;

public sealed class NumbersTests
{
    [Theory]
    [InlineData(0, "0 bytes")]
    [InlineData(1, "1 byte")]
    [InlineData(2, "2 bytes")]
    [InlineData(10485760, "10,485,760 bytes")]
    public void One_of_a_thing_is_in_the_singular(long number, string text) =>
        Assert.Equal(text, Numbers.Count(number, "byte"));
}
