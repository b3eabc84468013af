using System;
using System.Globalization;
using BackupLinks.Errors;
using BackupLinks.Parameters;

namespace BackupLinks.Tests.Module;

/// <summary>Names, sizes and hashes of links as a table or a person has them.</summary>
public sealed class LinkValuesTests
{
    private static readonly Uri Link = new("https://store.example/a/dump.rdb?Signature=x");

    [Theory]
    [InlineData(null, null)]
    [InlineData("", null)]
    [InlineData(" ", null)]
    [InlineData("0", 0L)]
    [InlineData(" 12 ", 12L)]
    [InlineData("9223372036854775807", long.MaxValue)]
    [InlineData(7, 7L)]
    [InlineData(8L, 8L)]
    [InlineData(9.0, 9L)]
    public void A_size_is_a_whole_number_or_nothing(object? value, long? size) =>
        Assert.Equal(size, LinkValues.ReadSize(value));

    [Theory]
    [InlineData("1.5")]
    [InlineData("1,000")]
    [InlineData("-1")]
    [InlineData("12 KB")]
    [InlineData("9223372036854775808")]
    [InlineData(1.5)]
    public void Another_size_is_an_error(object value) =>
        Fails(() => LinkValues.ReadSize(value), ErrorKind.InvalidLink);

    [Fact]
    public void A_size_is_read_alike_in_every_culture()
    {
        var before = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = new CultureInfo("sv-SE");
        try
        {
            Assert.Equal(1000, LinkValues.ReadSize(1000.0));
            Fails(() => LinkValues.ReadSize(1.5), ErrorKind.InvalidLink);
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Theory]
    [InlineData(32, "", true)]
    [InlineData(64, "", true)]
    [InlineData(64, "sha256:", true)]
    [InlineData(32, "MD5:", true)]
    [InlineData(31, "", false)]
    [InlineData(33, "", false)]
    [InlineData(63, "", false)]
    [InlineData(65, "", false)]
    [InlineData(40, "", false)]
    public void A_hash_has_the_length_of_SHA_256_or_MD5(int length, string before, bool isValid)
    {
        string hash = new('a', length);

        if (isValid)
            Assert.Equal(hash, LinkValues.ReadHash($" {before}{hash} "));
        else
            Fails(() => LinkValues.ReadHash(before + hash), ErrorKind.InvalidLink);
    }

    [Fact]
    public void A_hash_has_hexadecimal_digits_only_and_nothing_is_no_hash()
    {
        Fails(() => LinkValues.ReadHash(new string('a', 31) + "g"), ErrorKind.InvalidLink);
        Assert.Null(LinkValues.ReadHash(null));
        Assert.Null(LinkValues.ReadHash("  "));
    }

    [Theory]
    [InlineData(null, "dump.rdb")]
    [InlineData("other.rdb", "other.rdb")]
    public void A_name_is_the_given_one_or_that_of_the_address(string? name, string expected) =>
        Assert.Equal(expected, LinkValues.ReadName(Link, name));

    [Theory]
    [InlineData("../dump.rdb")]
    [InlineData("a/b.rdb")]
    [InlineData("dump.rdb.partial")]
    [InlineData("CON")]
    public void A_name_that_is_none_of_a_file_is_an_error(string name) =>
        Fails(() => LinkValues.ReadName(Link, name), ErrorKind.UnsafeFileName);

    private static void Fails(Func<object?> read, ErrorKind kind) =>
        Assert.Equal(kind, Assert.Throws<BackupLinksException>(() => { read(); }).Kind);
}
