using System.IO;
using System.Text;
using System.Threading.Tasks;
using BackupLinks.Errors;
using BackupLinks.Transfer;

namespace BackupLinks.Tests.Core.Transfer;

/// <summary>The store states a checksum of the file in a header, and the file is compared with it.</summary>
public sealed class StatedChecksumTests : StatedChecksumTest
{
    [Theory]
    [InlineData("x-oss-hash-crc64ecma")]
    [InlineData("x-cos-hash-crc64ecma")]
    public async Task Right_CRC_of_the_store_verifies_the_file_and_is_in_the_catalog(string header)
    {
        (HeaderName, Header) = (header, Crc(Store.Content));

        var saved = await SaveAsync();

        AssertWhole();
        Assert.Equal("CRC-64", saved.VerifiedBy);
        Assert.Equal(["0-8388607"], Store.Requests);
        Assert.Empty(Warnings);
        Assert.Contains("\"verifiedBy\":\"CRC-64\"", Catalog());
    }

    [Fact]
    public async Task Store_that_states_nothing_verifies_nothing()
    {
        Assert.Null((await SaveAsync()).VerifiedBy);
        Assert.DoesNotContain("verifiedBy", Catalog());
    }

    [Fact]
    public async Task All_that_is_right_is_named()
    {
        (Store.Tag, Header) = (Store.Md5Tag, Crc(Store.Content));

        Assert.Equal("MD5, CRC-64", (await SaveAsync()).VerifiedBy);
    }

    [Fact]
    public async Task Right_CRC_proves_that_the_tag_is_no_MD5_without_a_second_reading()
    {
        (Store.Tag, Header) = ("\"5b3c1a2e053d763e1b002cc607c5a0fe\"", Crc(Store.Content));

        Assert.Equal("CRC-64", (await SaveAsync()).VerifiedBy);
        Assert.Single(Store.Requests);
        Assert.Empty(Warnings);
    }

    [Fact]
    public async Task Wrong_CRC_of_the_store_is_a_doubt_that_a_second_reading_resolves()
    {
        Header = "42";

        var saved = await SaveAsync();

        AssertWhole();
        Assert.Null(saved.VerifiedBy);
        Assert.Equal(["0-8388607", $"all if {PartsTag}"], Store.Requests);
        Assert.Contains("the store states 42", Warnings[0]);
        Assert.DoesNotContain("-IgnoreEntityTag", Warnings[0]);
        Assert.Contains("the CRC-64 that the store states is not that of the object", Warnings[1]);
    }

    [Fact]
    public async Task Bytes_that_were_spoilt_on_their_way_are_downloaded_again()
    {
        byte[] content = Store.Content;
        Header = Crc(content);
        Store.Instead = (number, _) =>
        {
            Store.Content = [.. content];
            Store.Content[1000] ^= (byte)(number == 1 ? 1 : 0);
            return null;
        };

        var saved = await SaveAsync();

        Assert.Equal(content, Saved);
        Assert.Equal("CRC-64", saved.VerifiedBy);
        Assert.Contains(Warnings, warning => warning.Contains("spoilt"));
    }

    [Fact]
    public async Task Second_reading_that_begins_again_computes_the_CRC_anew()
    {
        byte[] content = Store.Content;
        Header = Crc(content);
        Store.Instead = (number, _) =>
        {
            Store.Content = [.. content];
            Store.Content[1000] ^= (byte)(number == 1 ? 1 : 0);
            Store.CutAfter = number == 2 ? 100_000 : null;
            Store.IgnoresRanges = number == 3;
            return null;
        };

        var saved = await SaveAsync();

        Assert.Equal(content, Saved);
        Assert.Equal("CRC-64", saved.VerifiedBy);
        Assert.Equal(4, Store.Requests.Count);
    }

    [Theory]
    [InlineData("")]
    [InlineData("0")]
    [InlineData("-5")]
    [InlineData("1e3")]
    [InlineData("99999999999999999999999")]
    public async Task Header_that_has_no_CRC_states_nothing(string header)
    {
        Header = header;

        Assert.Null((await SaveAsync()).VerifiedBy);
        Assert.Single(Store.Requests);
        Assert.Empty(Warnings);
    }

    [Fact]
    public async Task Resumed_file_is_verified_with_the_bytes_of_the_earlier_run()
    {
        Store.Content = Bytes(20_000_000);
        Header = Crc(Store.Content);
        Settings = Settings with { SegmentCount = 1, MaximumRetryCount = 0 };
        Store.CutAfter = 12_000_000;
        await FailAsync(ErrorKind.ServiceUnavailable);
        Store.CutAfter = null;

        var saved = await SaveAsync();

        AssertWhole();
        Assert.True(saved.BytesResumed > 0);
        Assert.Equal("CRC-64", saved.VerifiedBy);
    }

    [Fact]
    public async Task File_of_several_segments_is_verified()
    {
        Store.Content = Bytes(20_000_000);
        Header = Crc(Store.Content);

        Assert.Equal("CRC-64", (await SaveAsync()).VerifiedBy);
        Assert.True(Store.Requests.Count > 1);
    }

    [Fact]
    public async Task Object_that_is_stored_with_the_label_gzip_has_the_CRC_of_its_stored_bytes()
    {
        Source = Source with { FileName = "dump.rdb.gz" };
        Store.Codings = ["gzip"];
        Header = Crc(Store.Content);

        Assert.Equal("CRC-64", (await SaveAsync()).VerifiedBy);
        AssertWhole();
    }

    [Fact]
    public async Task Decoded_body_is_not_compared_with_the_CRC_of_other_bytes()
    {
        byte[] plain = CompressOnTheWay();
        Header = "42";

        var saved = await SaveAsync();

        Assert.Equal(plain, Saved);
        Assert.Null(saved.VerifiedBy);
        Assert.Single(Store.Requests);
    }

    [Fact]
    public async Task File_that_is_there_is_recognised_by_its_CRC_and_another_is_not()
    {
        Header = Crc(Store.Content);
        Directory.CreateDirectory(Folder);
        File.WriteAllBytes(FilePath, Store.Content);

        var present = await SaveAsync();

        Assert.Equal((SaveStatus.AlreadyPresent, "CRC-64"), (present.Status, present.VerifiedBy));
        Assert.Empty(Warnings);

        File.Delete(Path.Combine(Folder, ".backuplinks", "catalog.jsonl"));
        File.WriteAllBytes(FilePath, Bytes(Store.Content.Length, seed: 2));
        var error = await Assert.ThrowsAnyAsync<BackupLinksException>(SaveAsync);
        Assert.Equal(ErrorKind.FileExists, error.Kind);
        Assert.Contains("not the CRC-64 that the store states", error.Message);
    }

    [Fact]
    public async Task Log_that_looks_like_an_error_document_is_the_file_when_its_CRC_says_so()
    {
        Store.Content = Encoding.UTF8.GetBytes("<?xml version=\"1.0\"?><Error><Code>AccessDenied</Code></Error>");
        Header = Crc(Store.Content);

        Assert.Equal("CRC-64", (await SaveAsync()).VerifiedBy);
    }

    private string Catalog() => File.ReadAllText(Path.Combine(Folder, ".backuplinks", "catalog.jsonl"));
}
