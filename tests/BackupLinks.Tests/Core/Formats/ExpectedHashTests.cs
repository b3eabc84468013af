using BackupLinks.Errors;
using BackupLinks.Formats;

namespace BackupLinks.Tests.Core.Formats;

public sealed class ExpectedHashTests
{
    private const string Md5 = "d41d8cd98f00b204e9800998ecf8427e";

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(" \t")]
    public void Blank_text_is_no_hash(string? text) => Assert.Null(ExpectedHash.Parse(text));

    [Theory]
    [InlineData(Md5)]
    [InlineData(" MD5:D41D8CD98F00B204E9800998ECF8427E ")]
    public void A_hash_is_read_in_any_case_and_with_its_name(string text)
    {
        var hash = ExpectedHash.Parse(text)!;

        Assert.True(hash.IsMd5);
        hash.Require("file", sha256: null, Md5);
        Assert.Equal(
            ErrorKind.HashMismatch,
            Assert.Throws<BackupLinksException>(() => hash.Require("file", Md5, md5: null)).Kind);
    }

    [Theory]
    [InlineData("d41d8cd98f00b204e9800998ecf8427")]
    [InlineData("d41d8cd98f00b204e9800998ecf8427g")]
    [InlineData("0")]
    public void Other_text_is_an_error(string text) => Assert.Equal(
        ErrorKind.InvalidRequest, Assert.Throws<BackupLinksException>(() => ExpectedHash.Parse(text)).Kind);
}
