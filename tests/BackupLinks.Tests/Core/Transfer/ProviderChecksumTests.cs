using System;
using System.IO;
using System.Security.Cryptography;
using System.Threading.Tasks;
using BackupLinks.Checksums;
using BackupLinks.Errors;
using BackupLinks.Transfer;

namespace BackupLinks.Tests.Core.Transfer;

/// <summary>
/// The provider states checksums of the file, too, which may be those of other bytes; the file is compared with all of
/// them.
/// </summary>
public sealed class ProviderChecksumTests : StatedChecksumTest
{
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
        Header = Crc(Store.Content);
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
        Header = Crc(Store.Content);
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
        Header = "42";
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
        Header = "42";
        Source = Source with
        {
            ExpectedHash = Store.Sha256.ToUpperInvariant(),
            Checksums = [new(ChecksumAlgorithm.Crc64, "42", ChecksumOrigin.Provider)],
        };

        Assert.Equal("SHA-256", (await SaveAsync()).VerifiedBy);
        Assert.Empty(Warnings);
    }

    [Fact]
    public async Task File_that_is_there_must_have_the_checksum_of_the_provider()
    {
        Header = Crc(Store.Content);
        Source = Source with { Checksums = [new(ChecksumAlgorithm.Crc64, "42", ChecksumOrigin.Provider)] };
        Directory.CreateDirectory(Folder);
        File.WriteAllBytes(FilePath, Store.Content);

        var error = await Assert.ThrowsAnyAsync<BackupLinksException>(SaveAsync);

        Assert.Equal(ErrorKind.FileExists, error.Kind);
        Assert.Contains("not the CRC-64 that the provider states", error.Message);
    }

    private static StatedChecksum Perhaps(string crc) =>
        new(ChecksumAlgorithm.Crc64, crc, ChecksumOrigin.ProviderPerhaps);
}
