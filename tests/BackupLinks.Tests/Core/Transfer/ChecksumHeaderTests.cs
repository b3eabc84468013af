using System;
using System.IO;
using System.Security.Cryptography;
using System.Threading.Tasks;
using BackupLinks.Errors;
using BackupLinks.Transfer;

namespace BackupLinks.Tests.Core.Transfer;

/// <summary>
/// The checksums of RFC 1864, RFC 3230 and RFC 9530, and those of other stores, are compared with the file.
/// </summary>
public sealed class ChecksumHeaderTests : TransferTest
{
    private const string Other = "00000000000000000000000000000000";

    public ChecksumHeaderTests()
    {
        Store.Content = Bytes(300_000);
        Store.Tag = StatedChecksumTest.PartsTag;
    }

    public static TheoryData<string, string, string> Headers => new()
    {
        { "Content-MD5", "{md5}", "MD5" },
        { "x-ms-blob-content-md5", "{md5}", "MD5" },
        { "x-amz-checksum-sha256", "{sha}", "SHA-256" },
        { "x-goog-hash", "crc32c=n03x6A==,md5={md5}", "MD5" },
        { "Repr-Digest", "sha-256=:{sha}:", "SHA-256" },
        { "Repr-Digest", "sha-512=:AAAA:;q=1, SHA-256=:{sha}:;q=\"2\"", "SHA-256" },
        { "Content-Digest", "md5=:{md5}:", "MD5" },
        { "Digest", "SHA-256={sha}", "SHA-256" },
        { "digest", "md5={md5}", "MD5" },
    };

    [Theory]
    [MemberData(nameof(Headers))]
    public async Task A_right_one_verifies_the_file(string name, string value, string algorithm)
    {
        State(name, value);

        Assert.Equal(algorithm, (await SaveAsync()).VerifiedBy);

        AssertWhole();
        Assert.Empty(Warnings);
        Assert.Single(Store.Requests);
    }

    [Theory]
    [MemberData(nameof(Headers))]
    public async Task Bytes_that_were_spoilt_on_their_way_are_downloaded_again(
        string name, string value, string algorithm)
    {
        State(name, value);
        byte[] content = Store.Content;
        Store.Instead = (number, _) =>
        {
            Store.Content = [.. content];
            Store.Content[1000] ^= (byte)(number == 1 ? 1 : 0);
            return null;
        };

        Assert.Equal(algorithm, (await SaveAsync()).VerifiedBy);

        Assert.Equal(content, Saved);
        Assert.Contains(Warnings, warning => warning.Contains("spoilt"));
    }

    [Theory]
    [InlineData("Content-MD5", "")]
    [InlineData("Content-MD5", "no base64")]
    [InlineData("Content-MD5", "AAAA")]
    [InlineData("Content-MD5", "d41d8cd98f00b204e9800998ecf8427e")]
    [InlineData("x-amz-checksum-sha256", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=-2")]
    [InlineData("Repr-Digest", "sha-256")]
    [InlineData("Repr-Digest", "sha-256=:AAAA:")]
    [InlineData("Repr-Digest", "unixsum=30637")]
    [InlineData("Repr-Digest", "md5=:{other}:, md5=:{md5}:")]
    [InlineData("Digest", ",=;:")]
    public async Task A_value_that_cannot_be_read_states_nothing(string name, string value)
    {
        State(name, value);

        Assert.Null((await SaveAsync()).VerifiedBy);

        Assert.Empty(Warnings);
        Assert.Single(Store.Requests);
    }

    [Fact]
    public async Task A_wrong_one_is_a_doubt_that_a_second_reading_resolves()
    {
        State("Content-MD5", "{other}");

        Assert.Null((await SaveAsync()).VerifiedBy);

        AssertWhole();
        Assert.Contains("the MD5 that the store states is not that of the object", Warnings[1]);
    }

    [Fact]
    public async Task One_number_in_two_headers_is_one_statement()
    {
        Store.Tag = $"\"{Other}\"";
        State("Content-MD5", "{other}");

        Assert.Equal(SaveStatus.Saved, (await SaveAsync()).Status);

        AssertWhole();
    }

    [Fact]
    public async Task Of_a_header_with_several_algorithms_one_counts()
    {
        State("Digest", "md5={other},sha-256=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=");

        Assert.Equal(SaveStatus.Saved, (await SaveAsync()).Status);

        Assert.Contains("the SHA-256 that the store states is not that of the object", Warnings[1]);
    }

    // That of a part says nothing of the whole, which is what a digest of the representation is of.
    [Theory]
    [InlineData("Content-MD5", "{other}", null)]
    [InlineData("Content-Digest", "md5=:{other}:", null)]
    [InlineData("x-amz-checksum-sha256", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=", null)]
    [InlineData("Repr-Digest", "sha-256=:{sha}:", "SHA-256")]
    [InlineData("Digest", "md5={other}", null)]
    [InlineData("x-ms-blob-content-md5", "{md5}", "MD5")]
    public async Task The_checksum_beside_a_part_is_of_the_part_or_of_the_whole_by_its_header(
        string name, string value, string? algorithm)
    {
        Store.Content = Bytes(20_000_000);
        State(name, value);

        Assert.Equal(algorithm, (await SaveAsync()).VerifiedBy);

        AssertWhole();
        Assert.Empty(Warnings);
    }

    // The tag says of an object what no header that is made for each body does.
    [Theory]
    [InlineData("")]
    [InlineData("{\"error\":{\"code\":5}}")]
    public async Task A_number_that_is_also_the_tag_is_that_of_the_tag(string content)
    {
        Store.Content = System.Text.Encoding.UTF8.GetBytes(content);
        Store.Tag = Store.Md5Tag;
        State("Content-MD5", "{md5}");

        Assert.Equal("MD5", (await SaveAsync()).VerifiedBy);

        AssertWhole();
    }

    [Fact]
    public async Task A_tag_that_is_to_be_ignored_is_ignored_in_other_headers_too()
    {
        Settings = Settings with { IgnoreEntityTag = true };
        Store.Tag = $"\"{Other}\"";
        State("Content-MD5", "{other}");

        Assert.Null((await SaveAsync()).VerifiedBy);

        AssertWhole();
        Assert.Empty(Warnings);
    }

    [Theory]
    [InlineData("gzip", null)]
    [InlineData("identity", "MD5")]
    public async Task What_a_store_says_of_the_bytes_before_it_decompressed_them_is_not_of_the_file(
        string stored, string? algorithm)
    {
        Store.Tag = "W/\"abc\"";
        Store.HasNoLength = Store.IgnoresRanges = true;
        State("x-goog-hash", algorithm is null ? "md5={other}" : "md5={md5}");
        var state = Store.Change;
        Store.Change = (number, response) =>
        {
            state(number, response);
            response.Headers.TryAddWithoutValidation("x-goog-stored-content-encoding", stored);
        };

        Assert.Equal(algorithm, (await SaveAsync()).VerifiedBy);

        AssertWhole();
        Assert.Empty(Warnings);
    }

    [Fact]
    public async Task The_body_that_a_proxy_compressed_has_other_bytes_than_its_file()
    {
        byte[] plain = Bytes(100_000);
        State("Content-MD5", "{other}");
        (Store.Content, Store.Tag, Store.Codings) = (Formats.Compressed.Gzip(plain), null, ["gzip"]);
        Store.HasNoLength = Store.IgnoresRanges = true;

        await SaveAsync();

        Assert.Equal(plain, Saved);
        Assert.Single(Store.Requests);
    }

    [Fact]
    public async Task A_body_without_a_stated_end_is_whole_by_its_digest()
    {
        Store.HasNoLength = Store.IgnoresRanges = true;
        State("Repr-Digest", "sha-256=:{sha}:");
        var state = Store.Change;
        Store.Change = (number, response) =>
        {
            state(number, response);
            response.Headers.TransferEncodingChunked = null;
        };

        Assert.Equal("SHA-256", (await SaveAsync()).VerifiedBy);

        AssertWhole();
    }

    // A portal may compute it for each body that it sends.
    [Theory]
    [InlineData("<html>Sign in</html>")]
    [InlineData("")]
    public async Task The_digest_of_an_error_page_does_not_make_it_the_file(string page)
    {
        Store.Content = System.Text.Encoding.UTF8.GetBytes(page);
        Store.Tag = null;
        State("Content-MD5", "{md5}");

        await FailAsync(ErrorKind.InvalidResponse);
    }

    [Fact]
    public async Task A_file_that_is_there_is_recognised_by_the_digest_of_the_whole()
    {
        State("Repr-Digest", "sha-256=:{sha}:");
        Directory.CreateDirectory(Folder);
        await File.WriteAllBytesAsync(FilePath, Store.Content, TestContext.Current.CancellationToken);

        var present = await SaveAsync();

        Assert.Equal((SaveStatus.AlreadyPresent, "SHA-256"), (present.Status, present.VerifiedBy));
    }

    private void State(string name, string value)
    {
        string text = value
            .Replace("{md5}", Convert.ToBase64String(MD5.HashData(Store.Content)))
            .Replace("{sha}", Convert.ToBase64String(SHA256.HashData(Store.Content)))
            .Replace("{other}", Convert.ToBase64String(new byte[16]));
        Store.Change = (_, response) =>
        {
            if (!response.Headers.TryAddWithoutValidation(name, text))
                Assert.True(response.Content.Headers.TryAddWithoutValidation(name, text));
        };
    }
}
