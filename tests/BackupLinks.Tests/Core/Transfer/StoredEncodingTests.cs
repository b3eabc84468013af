using System;
using System.IO;
using System.Linq;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Threading.Tasks;
using BackupLinks.Errors;
using BackupLinks.Tests.Core.Formats;
using BackupLinks.Transfer;

namespace BackupLinks.Tests.Core.Transfer;

/// <summary>
/// Content-Encoding in a response to a request for identity is a label of the stored bytes, unless nothing says so.
/// </summary>
public sealed class StoredEncodingTests : TransferTest
{
    private readonly byte[] _plain = [.. Enumerable.Range(0, 40_000).SelectMany(i => BitConverter.GetBytes(i / 3))];

    [Theory]
    [InlineData("gzip")]
    [InlineData("x-gzip")]
    [InlineData("br")]
    [InlineData("deflate")]
    [InlineData("zstd")]
    [InlineData("gzip, gzip")]
    [InlineData("gzip", "aws-chunked")]
    public async Task What_has_a_length_and_a_strong_tag_is_saved_as_it_is_stored(params string[] codings)
    {
        Store.Content = Compressed.Gzip(_plain);
        Store.Tag = Store.Md5Tag;
        Store.Codings = codings;
        foreach (bool ignoresRanges in new[] { false, true })
        {
            Settings = Settings with { Force = true };
            Store.IgnoresRanges = ignoresRanges;
            await SaveAsync();
            AssertWhole();
        }

        Assert.Contains("saved as they are stored", Warnings[0]);
    }

    [Theory]
    [InlineData("dump.rdb.gz")]
    [InlineData("dump.tgz")]
    [InlineData("dump.ZST")]
    [InlineData("dump.qp")]
    public async Task A_name_that_says_compressed_is_enough_without_a_word(string name)
    {
        Store.Content = Compressed.Gzip(_plain);
        Store.Codings = ["gzip"];
        Store.HasNoLength = true;
        Store.IgnoresRanges = true;
        Source = Source with { FileName = name };

        await SaveAsync();

        AssertWhole();
        Assert.Empty(Warnings);
    }

    [Theory]
    [InlineData("aws-chunked")]
    [InlineData("utf-8")]
    [InlineData("none")]
    [InlineData("identity")]
    [InlineData("binary")]
    public async Task A_label_that_is_no_coding_is_ignored(string label)
    {
        Store.Content = _plain;
        Store.Codings = [label];
        Store.HasNoLength = true;
        Store.IgnoresRanges = true;

        await SaveAsync();

        AssertWhole();
        Assert.Empty(Warnings);
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("x-gzip")]
    [InlineData("GZIP")]
    public async Task What_a_proxy_compressed_on_the_way_is_decoded(string coding)
    {
        Coded(Compressed.Gzip(_plain), coding);

        await SaveAsync();

        Assert.Equal(_plain, Saved);
    }

    [Theory]
    [InlineData("deflate")]
    [InlineData("br")]
    [InlineData("zstd")]
    [InlineData("gzip, br")]
    public async Task Another_coding_is_never_undone(string coding)
    {
        Coded(Compressed.Gzip(_plain), coding);

        await SaveAsync();

        AssertWhole();
        Assert.Contains(coding, Assert.Single(Warnings));
    }

    [Fact]
    public async Task A_label_on_what_is_not_compressed_is_wrong()
    {
        Coded(_plain, "gzip");

        await SaveAsync();

        AssertWhole();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(8)]
    [InlineData(9)]
    [InlineData(100)]
    public async Task A_compressed_body_that_is_cut_is_an_error(int missing)
    {
        Coded(Compressed.Gzip(_plain)[..^missing], "gzip");

        Assert.Contains("cannot be decoded: it is cut", (await FailAsync(ErrorKind.InvalidResponse)).Message);
        Assert.Contains("The compressed body cannot be decoded: it is cut", Assert.Single(Warnings));
        Assert.Equal(2, Store.Requests.Count);
    }

    [Fact]
    public async Task A_compressed_body_that_is_cut_once_is_downloaded_again()
    {
        byte[] whole = Compressed.Gzip(_plain);
        Coded(whole, "gzip");
        Store.Instead = (number, _) =>
        {
            Store.Content = number == 1 ? whole[..^8] : whole;
            return null;
        };

        await SaveAsync();

        Assert.Equal(_plain, Saved);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(8)]
    [InlineData(1000)]
    public async Task Bytes_behind_a_compressed_body_are_an_error(int count)
    {
        Coded([.. Compressed.Gzip(_plain), .. Enumerable.Repeat((byte)'x', count)], "gzip");

        Assert.Contains("cannot be decoded", (await FailAsync(ErrorKind.InvalidResponse)).Message);
    }

    [Fact]
    public async Task A_compressed_body_with_a_turned_bit_is_an_error()
    {
        byte[] body = Compressed.Gzip(_plain);
        body[body.Length / 2] ^= 1;
        Coded(body, "gzip");

        await FailAsync(ErrorKind.InvalidResponse);
    }

    [Fact]
    public async Task The_bad_bytes_of_a_decoded_backup_have_no_place_in_the_stored_one_and_are_not_requested()
    {
        byte[] backup = FormatFixtures.Get("lz4 of blocks");
        backup[backup.Length / 2] ^= 1;
        Coded(Compressed.Gzip(backup), "gzip");
        Store.LastModified = Store.Date.AddHours(-5);
        Settings = Settings with { Test = true };

        await FailAsync(ErrorKind.BackupDamaged);

        Assert.Single(Store.Requests);
        Assert.Equal(backup, File.ReadAllBytes(FilePath + ".damaged"));
    }

    [Fact]
    public async Task Several_members_are_one_body()
    {
        Coded([.. Compressed.Gzip(_plain), .. Compressed.Gzip(_plain)], "gzip");

        await SaveAsync();

        Assert.Equal<byte[]>([.. _plain, .. _plain], Saved);
    }

    [Fact]
    public async Task A_body_that_expands_without_bounds_is_an_error()
    {
        Coded(Compressed.Gzip(new byte[40 * 1024 * 1024]), "gzip");

        Assert.Contains("expands", (await FailAsync(ErrorKind.InvalidResponse)).Message);
    }

    [Fact]
    public async Task A_body_may_expand_to_the_size_that_was_stated()
    {
        byte[] plain = new byte[40 * 1024 * 1024];
        Coded(Compressed.Gzip(plain), "gzip");
        Source = Source with { Size = plain.Length };

        Assert.Equal(plain.Length, (await SaveAsync()).Size);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_stated_size_tells_the_stored_bytes_from_the_decoded_ones(bool isOfStored)
    {
        Coded(Compressed.Gzip(_plain), "gzip");
        byte[] expected = isOfStored ? Store.Content : _plain;
        Source = Source with { Size = expected.Length };

        await SaveAsync();

        Assert.Equal(expected, Saved);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_expected_hash_tells_the_stored_bytes_from_the_decoded_ones(bool isOfStored)
    {
        Coded(Compressed.Gzip(_plain), "gzip");
        byte[] expected = isOfStored ? Store.Content : _plain;
        Source = Source with { ExpectedHash = Convert.ToHexString(SHA256.HashData(expected)) };

        await SaveAsync();

        Assert.Equal(expected, Saved);
    }

    [Fact]
    public async Task A_hash_that_neither_of_them_has_is_an_error()
    {
        Coded(Compressed.Gzip(_plain), "gzip");
        Source = Source with { ExpectedHash = new string('0', 64) };

        await FailAsync(ErrorKind.HashMismatch);
    }

    [Theory]
    [InlineData(1, false)]
    [InlineData(1, true)]
    [InlineData(1024, false)]
    public async Task An_object_with_the_label_gzip_is_decoded_where_that_is_the_size_the_provider_states(
        int unit, bool ignoresRanges)
    {
        Store.Content = Compressed.Gzip(_plain);
        Store.Tag = Store.Md5Tag;
        Store.Codings = ["gzip"];
        Store.IgnoresRanges = ignoresRanges;
        Source = Source with { Size = _plain.Length / unit * unit, SizeUnit = unit };

        Assert.Equal(SaveStatus.Saved, (await SaveAsync()).Status);
        Assert.Equal(_plain, Saved);
        Assert.Equal(SaveStatus.AlreadyPresent, (await SaveAsync()).Status);

        Assert.Contains(Told, line => line.Contains("is saved decoded"));
        Assert.Empty(Warnings);
    }

    [Fact]
    public async Task An_object_with_the_label_gzip_and_another_size_either_way_is_no_backup_of_that_size()
    {
        Store.Content = Compressed.Gzip(_plain);
        Store.Tag = Store.Md5Tag;
        Store.Codings = ["gzip"];
        Source = Source with { Size = _plain.Length - 1 };

        Assert.Contains($"has {Store.Content.Length} bytes", (await FailAsync(ErrorKind.SizeMismatch)).Message);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task The_trailer_of_one_member_proves_the_end_of_a_body_and_of_several_one_may_be_missing(int members)
    {
        byte[] member = Compressed.Gzip(_plain);
        Coded([.. Enumerable.Repeat(member, members).SelectMany(bytes => bytes)], "gzip");
        Store.Change = (_, response) => response.Headers.TransferEncodingChunked = null;

        if (members > 1)
        {
            Assert.Contains("may be cut", (await FailAsync(ErrorKind.InvalidResponse)).Message);
            return;
        }

        await SaveAsync();
        Assert.Equal(_plain, Saved);
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("x-private")]
    public async Task An_unknown_transfer_coding_is_refused(string coding)
    {
        Store.Content = _plain;
        Store.HasNoLength = true;
        Store.Change = (_, response) => response.Headers.TransferEncoding.Add(new TransferCodingHeaderValue(coding));

        Assert.Contains($"'{coding}'", (await FailAsync(ErrorKind.InvalidResponse)).Message);
    }

    [Fact]
    public async Task A_compressed_error_page_is_recognized()
    {
        Coded(Compressed.Gzip("<!DOCTYPE html><html>Sign in</html>"u8.ToArray()), "gzip");

        Assert.Contains("web page", (await FailAsync(ErrorKind.InvalidResponse)).Message);
    }

    // As a proxy does that compresses on the way: no length, no range, no strong tag.
    private void Coded(byte[] body, string coding)
    {
        Store.Content = body;
        Store.Codings = [coding];
        Store.HasNoLength = true;
        Store.IgnoresRanges = true;
        Store.Tag = "W/\"1\"";
    }
}
