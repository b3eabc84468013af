using System;
using System.Globalization;
using System.IO;
using System.Security.Cryptography;
using System.Text;
using System.Threading.Tasks;
using BackupLinks.Checksums;
using BackupLinks.Errors;
using BackupLinks.Tests.Core.Formats;
using BackupLinks.Transfer;

namespace BackupLinks.Tests.Core.Transfer;

/// <summary>The provider and the store state checksums of the file, which is compared with all of them.</summary>
public sealed class StatedChecksumTests : TransferTest
{
    private const string PartsTag = "\"5b3c1a2e053d763e1b002cc607c5a0fe-2\"";
    private string? _header;
    private string _name = "x-oss-hash-crc64ecma";

    public StatedChecksumTests()
    {
        Store.Content = Bytes(300_000);
        Store.Tag = PartsTag;
        Store.Change = (_, response) =>
        {
            if (_header is not null)
                response.Headers.TryAddWithoutValidation(_name, _header);
        };
    }

    [Theory]
    [InlineData("x-oss-hash-crc64ecma")]
    [InlineData("x-cos-hash-crc64ecma")]
    public async Task Right_CRC_of_the_store_verifies_the_file_and_is_in_the_catalog(string header)
    {
        (_name, _header) = (header, Crc(Store.Content));

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
        (Store.Tag, _header) = (Store.Md5Tag, Crc(Store.Content));

        Assert.Equal("MD5, CRC-64", (await SaveAsync()).VerifiedBy);
    }

    [Fact]
    public async Task Right_CRC_proves_that_the_tag_is_no_MD5_without_a_second_reading()
    {
        (Store.Tag, _header) = ("\"5b3c1a2e053d763e1b002cc607c5a0fe\"", Crc(Store.Content));

        Assert.Equal("CRC-64", (await SaveAsync()).VerifiedBy);
        Assert.Single(Store.Requests);
        Assert.Empty(Warnings);
    }

    [Fact]
    public async Task Wrong_CRC_of_the_store_is_a_doubt_that_a_second_reading_resolves()
    {
        _header = "42";

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
        _header = Crc(content);
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
        _header = Crc(content);
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
        _header = header;

        Assert.Null((await SaveAsync()).VerifiedBy);
        Assert.Single(Store.Requests);
        Assert.Empty(Warnings);
    }

    [Theory]
    [InlineData(ChecksumAlgorithm.Crc64)]
    [InlineData(ChecksumAlgorithm.Md5)]
    public async Task Checksum_of_the_provider_verifies_the_file(string algorithm)
    {
        string right = algorithm == ChecksumAlgorithm.Md5
            ? Convert.ToHexStringLower(MD5.HashData(Store.Content)) : Crc(Store.Content);
        Source = Source with { Checksums = [new(algorithm, right, ChecksumOrigin.Provider)] };

        var saved = await SaveAsync();

        AssertWhole();
        Assert.Equal(algorithm, saved.VerifiedBy);
    }

    [Theory]
    [InlineData(ChecksumAlgorithm.Crc64, "42")]
    [InlineData(ChecksumAlgorithm.Md5, "5b3c1a2e053d763e1b002cc607c5a0fe")]
    public async Task File_without_the_checksum_of_the_provider_is_not_saved(string algorithm, string wrong)
    {
        _header = Crc(Store.Content);
        Source = Source with { Checksums = [new(algorithm, wrong, ChecksumOrigin.Provider)] };

        var error = await FailAsync(ErrorKind.HashMismatch);

        Assert.Contains($"where the provider states {wrong}, and was not saved", error.Message);
        Assert.False(File.Exists(FilePath + ".partial"));
    }

    [Fact]
    public async Task Two_readings_prove_that_a_doubtful_checksum_of_the_provider_is_not_that_of_the_file()
    {
        Source = Source with { Checksums = [Perhaps("42")] };

        var saved = await SaveAsync();

        AssertWhole();
        Assert.Null(saved.VerifiedBy);
        Assert.Equal(["0-8388607", $"all if {PartsTag}"], Store.Requests);
        Assert.Contains("and the provider states 42", Warnings[0]);
        Assert.Contains("the CRC-64 that the provider states is not that of the object", Warnings[1]);
        Assert.Contains("Test-BackupFile", Warnings[1]);
        // The next run knows the file by its SHA-256.
        Assert.Equal(SaveStatus.AlreadyPresent, (await SaveAsync()).Status);
    }

    [Fact]
    public async Task Right_CRC_of_the_store_settles_the_doubt_about_that_of_the_provider_and_a_warning_says_it()
    {
        _header = Crc(Store.Content);
        Source = Source with { Checksums = [Perhaps("42")] };

        var saved = await SaveAsync();

        AssertWhole();
        Assert.Equal("CRC-64", saved.VerifiedBy);
        Assert.Single(Store.Requests);
        Assert.Contains("and the provider states 42; its CRC-64 is right", Assert.Single(Warnings));
    }

    [Fact]
    public async Task Store_and_provider_that_state_the_same_other_checksum_refuse_the_file()
    {
        _header = "42";
        Source = Source with { Checksums = [Perhaps("42")] };

        var error = await FailAsync(ErrorKind.HashMismatch);

        Assert.Contains("and the provider states 42", error.Message);
        Assert.Contains("and the store states 42", error.Message);
        Assert.DoesNotContain("-IgnoreEntityTag", error.Message);
        Assert.Equal(Store.Content, File.ReadAllBytes(FilePath + ".partial"));
    }

    [Fact]
    public async Task Bytes_that_a_doubtful_checksum_of_the_provider_shows_as_spoilt_are_downloaded_again()
    {
        byte[] content = Store.Content;
        Source = Source with { Checksums = [Perhaps(Crc(content))] };
        Store.Instead = (number, _) =>
        {
            Store.Content = [.. content];
            Store.Content[1000] ^= (byte)(number == 1 ? 1 : 0);
            return null;
        };

        var saved = await SaveAsync();

        Assert.Equal(content, Saved);
        Assert.Equal("CRC-64", saved.VerifiedBy);
    }

    [Fact]
    public async Task File_that_is_there_without_the_doubtful_checksum_is_not_known_to_be_the_backup()
    {
        Source = Source with { Checksums = [Perhaps("42")] };
        Directory.CreateDirectory(Folder);
        File.WriteAllBytes(FilePath, Store.Content);

        var error = await Assert.ThrowsAnyAsync<BackupLinksException>(SaveAsync);

        Assert.Equal(ErrorKind.FileExists, error.Kind);
        Assert.Contains("not the CRC-64 that the provider states", error.Message);
    }

    [Fact]
    public async Task Decoded_body_without_the_doubtful_checksum_is_downloaded_as_it_is_stored()
    {
        CompressOnTheWay();
        Source = Source with { Checksums = [Perhaps(Crc(Store.Content))] };

        var saved = await SaveAsync();

        Assert.Equal(Store.Content, Saved);
        Assert.Equal("CRC-64", saved.VerifiedBy);
    }

    [Fact]
    public async Task Doubtful_checksum_that_neither_body_has_does_not_keep_a_file_compressed()
    {
        byte[] plain = CompressOnTheWay();
        Source = Source with { Checksums = [Perhaps("42")] };

        var saved = await SaveAsync();

        Assert.Equal(plain, Saved);
        Assert.Null(saved.VerifiedBy);
        Assert.Contains(Warnings, warning => warning.Contains("It is saved decoded"));
    }

    [Fact]
    public async Task Hash_of_the_caller_is_the_only_one_that_is_compared()
    {
        _header = "42";
        Source = Source with
        {
            ExpectedHash = Store.Sha256.ToUpperInvariant(),
            Checksums = [new(ChecksumAlgorithm.Crc64, "42", ChecksumOrigin.Provider)],
        };

        Assert.Equal("SHA-256", (await SaveAsync()).VerifiedBy);
        Assert.Empty(Warnings);
    }

    [Fact]
    public async Task Resumed_file_is_verified_with_the_bytes_of_the_earlier_run()
    {
        Store.Content = Bytes(20_000_000);
        _header = Crc(Store.Content);
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
        _header = Crc(Store.Content);

        Assert.Equal("CRC-64", (await SaveAsync()).VerifiedBy);
        Assert.True(Store.Requests.Count > 1);
    }

    [Fact]
    public async Task Object_that_is_stored_with_the_label_gzip_has_the_CRC_of_its_stored_bytes()
    {
        Source = Source with { FileName = "dump.rdb.gz" };
        Store.Codings = ["gzip"];
        _header = Crc(Store.Content);

        Assert.Equal("CRC-64", (await SaveAsync()).VerifiedBy);
        AssertWhole();
    }

    [Fact]
    public async Task Decoded_body_is_not_compared_with_the_CRC_of_other_bytes()
    {
        byte[] plain = CompressOnTheWay();
        _header = "42";

        var saved = await SaveAsync();

        Assert.Equal(plain, Saved);
        Assert.Null(saved.VerifiedBy);
        Assert.Single(Store.Requests);
    }

    [Fact]
    public async Task File_that_is_there_is_recognised_by_its_CRC_and_another_is_not()
    {
        _header = Crc(Store.Content);
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
    public async Task File_that_is_there_must_have_the_checksum_of_the_provider()
    {
        _header = Crc(Store.Content);
        Source = Source with { Checksums = [new(ChecksumAlgorithm.Crc64, "42", ChecksumOrigin.Provider)] };
        Directory.CreateDirectory(Folder);
        File.WriteAllBytes(FilePath, Store.Content);

        var error = await Assert.ThrowsAnyAsync<BackupLinksException>(SaveAsync);

        Assert.Equal(ErrorKind.FileExists, error.Kind);
        Assert.Contains("not the CRC-64 that the provider states", error.Message);
    }

    [Fact]
    public async Task Log_that_looks_like_an_error_document_is_the_file_when_its_CRC_says_so()
    {
        Store.Content = Encoding.UTF8.GetBytes("<?xml version=\"1.0\"?><Error><Code>AccessDenied</Code></Error>");
        _header = Crc(Store.Content);

        Assert.Equal("CRC-64", (await SaveAsync()).VerifiedBy);
    }

    private static StatedChecksum Perhaps(string crc) =>
        new(ChecksumAlgorithm.Crc64, crc, ChecksumOrigin.ProviderPerhaps);

    // As a proxy does: no length, no range, no tag. The content before.
    private byte[] CompressOnTheWay()
    {
        byte[] plain = Bytes(100_000);
        (Store.Content, Store.Tag, Store.Codings, Store.HasNoLength) = (Compressed.Gzip(plain), null, ["gzip"], true);
        Store.IgnoresRanges = true;
        return plain;
    }

    private string Catalog() => File.ReadAllText(Path.Combine(Folder, ".backuplinks", "catalog.jsonl"));

    // Bit by bit, by another way than the module's.
    private static string Crc(byte[] content)
    {
        ulong crc = ulong.MaxValue;
        foreach (byte value in content)
        {
            crc ^= value;
            for (int bit = 0; bit < 8; bit++)
                crc = (crc & 1) == 0 ? crc >> 1 : (crc >> 1) ^ 0xC96C5795D7870F42;
        }

        return (~crc).ToString(CultureInfo.InvariantCulture);
    }
}
