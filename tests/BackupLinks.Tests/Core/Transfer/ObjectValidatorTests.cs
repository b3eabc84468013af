using System.Net.Http;
using BackupLinks.Transfer;

namespace BackupLinks.Tests.Core.Transfer;

public sealed class ObjectValidatorTests
{
    [Theory]
    [InlineData("\"abc\"", "\"abc\"")]
    [InlineData("abc", "\"abc\"")]
    [InlineData("W/\"abc\"", null)]
    [InlineData("w/abc", null)]
    [InlineData("\"\"", null)]
    [InlineData("", null)]
    [InlineData("a\"b", null)]
    [InlineData("a, b", null)]
    public void A_strong_tag_is_read_with_its_quotes_and_a_weak_one_is_none(string header, string? tag)
    {
        using var response = new HttpResponseMessage();
        response.Headers.TryAddWithoutValidation("ETag", header);

        Assert.Equal(tag, ObjectValidator.GetStrongTag(response));
    }
}
