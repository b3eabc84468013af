using System;
using System.Collections.Generic;
using System.IO;
using System.Security.Cryptography;
using BackupLinks.Sandbox;
using BackupLinks.Transfer;

namespace BackupLinks.Tests.Engine;

/// <summary>Responses of a store that are not the file.</summary>
public sealed class SaveRefusalTests : SaveFaultTest
{
    [Theory]
    [InlineData(404, "NoSuchKey", "NotFound")]
    [InlineData(403, "AccessDenied", "AccessDenied")]
    [InlineData(400, "InvalidArgument", "InvalidRequest")]
    [InlineData(501, "NotImplemented", "ServiceUnavailable")]
    public void A_refusal_is_an_error_and_never_a_file(int status, string code, string id)
    {
        var item = Put("dump.rdb", 100);
        Server.Faults.Add(new SandboxFault
        {
            Path = "/obs/", Status = status, ContentType = "application/xml", EchoRequest = true,
            Body = $"<Error><Code>{code}</Code><Message>No. You asked {{0}}</Message><RequestId>R1</RequestId></Error>",
        });

        var error = Save(Row(item), "-MaximumRetryCount 0").SingleError(id);

        Assert.Contains(code, error.Exception.Message);
        Assert.Empty(Directory.GetFiles(Folder));
    }

    [Fact]
    public void A_page_of_a_portal_never_becomes_the_file()
    {
        var item = Put("dump.rdb", 100);
        Server.Faults.Add(
            new SandboxFault { Path = "/obs/", Status = 200, ContentType = "text/html",
            Body = "<html>Please sign in</html>" });

        Save(Row(item)).SingleError("InvalidResponse");
        Save(Row(item, 100)).SingleError("SizeMismatch");
        Assert.Empty(Directory.GetFiles(Folder));
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public void A_file_of_another_size_than_stated_is_an_error(bool ignoreRange, bool chunked)
    {
        var item = Put("dump.rdb", 5000);
        Fault(new ObjectFault { IgnoreRange = ignoreRange, Chunked = chunked });

        var error = Save(Row(item, 4000)).SingleError("SizeMismatch");

        Assert.Contains("4000", error.Exception.Message);
        Assert.Empty(Directory.GetFiles(Folder));
    }

    [Fact]
    public void A_size_in_kilobytes_is_taken_to_the_kilobyte()
    {
        AssertSaved(Put("dump.rdb", 5000), SaveOne(Row(Put("dump.rdb", 5000), 5 * 1024)));
        Save(Row(Put("dump.rdb", 5000), 6 * 1024), "-Force").SingleError("SizeMismatch");
    }

    [Fact]
    public void A_body_whose_end_is_unknown_is_not_called_whole()
    {
        var item = Put("dump.rdb", 5000);
        Fault(new ObjectFault { EndByClosing = true, IgnoreRange = true, ETag = "" });

        Save(Row(item)).SingleError("InvalidResponse");
        Assert.Empty(Directory.GetFiles(Folder));
        AssertSaved(item, SaveOne(Row(item), $"-ExpectedHash {item.Sha256}"));
    }

    [Fact]
    public void A_byte_that_was_turned_on_the_way_is_found_by_the_entity_tag_or_the_expected_hash()
    {
        var item = Put("dump.rdb", Segment + 5);
        // Of the second segment only: the second reading is right.
        Fault(new ObjectFault { CorruptAt = Segment + 1 }, count: 1, after: 1);

        var result = Save(Row(item));
        AssertSaved(item, result.Single<SavedBackupFile>());
        Assert.Contains(result.Warnings, warning => warning.Contains("spoilt"));

        Fault(new ObjectFault { CorruptAt = 3, Encrypted = true });
        var error = Save(Row(item), $"-Force -ExpectedHash sha256:{item.Sha256.ToUpperInvariant()}").SingleError(
            "HashMismatch");

        Assert.Contains(item.Sha256, error.Exception.Message);
        AssertContent(item, Path.Combine(Folder, "dump.rdb"));
    }

    [Fact]
    public void A_tag_that_only_looks_like_an_MD5_is_told_in_a_warning_or_ignored()
    {
        var item = Put("dump.rdb", 5000);
        Fault(new ObjectFault { ETag = "\"5b3c1a2e053d763e1b002cc607c5a0fe\"" });

        Assert.Contains(Save(Row(item)).Warnings, warning => warning.Contains("not its MD5"));
        AssertContent(item, Path.Combine(Folder, "dump.rdb"));
        int requests = StoreRequests.Count;
        Assert.Empty(Save(Row(item), "-Force -IgnoreEntityTag").Warnings);
        Assert.Equal(requests + 1, StoreRequests.Count);
    }

    [Fact]
    public void An_MD5_may_be_expected_too()
    {
        var item = Put("dump.rdb", 5000);

        AssertSaved(item, SaveOne(Row(item), $"-ExpectedHash {item.ETag.Trim('"')}"));
        Save(Row(item), $"-Force -ExpectedHash {new string('0', 32)}").SingleError("HashMismatch");
    }

    [Fact]
    public void Redirects_are_followed_five_times_and_no_more()
    {
        var item = Put("dump.rdb", 100);
        string target = Server.Presign(item).OriginalString;
        Redirect(5, target);
        AssertSaved(item, SaveOne(Row(item)));

        Redirect(6, target);
        var error = Save(Row(item), "-Force").SingleError("InvalidResponse");
        Assert.Contains("redirects", error.Exception.Message);
    }

    [Fact]
    public void A_redirect_to_plain_http_elsewhere_is_refused()
    {
        var item = Put("dump.rdb", 100);
        Redirect(1, "http://198.51.100.7/x?Signature=abcdefghijklmnop");

        Assert.DoesNotContain("abcdefghijklmnop", Save(Row(item)).SingleError("InsecureUri").ToString());
    }

    [Theory]
    [InlineData("application/xml")]
    [InlineData("text/xml")]
    public void An_error_that_comes_as_a_success_is_no_backup(string type)
    {
        var item = Put("dump.rdb", 100);
        Server.Faults.Add(new SandboxFault
        {
            Path = "/obs/", Status = 200, ContentType = type,
            Headers = new Dictionary<string, string> { ["ETag"] = "\"page\"" },
            Body = "<Error><Code>AccessDenied</Code><Message>Request has expired</Message></Error>",
        });

        Save(Row(item)).SingleError("LinkExpired");
        Assert.Empty(Directory.GetFiles(Folder));
    }

    [Fact]
    public void A_body_that_ends_with_its_connection_is_whole_when_its_tag_says_so()
    {
        var item = Put("dump.rdb", 5000);
        Fault(new ObjectFault { EndByClosing = true, IgnoreRange = true });
        AssertSaved(item, SaveOne(Row(item)));

        Server.Faults.Clear();
        Fault(new ObjectFault { EndByClosing = true, IgnoreRange = true, CutAfter = 4700 });
        var error = Assert.Single(Save(Row(item, 5 * 1024), "-Force").Errors);
        Assert.Contains(
            error.FullyQualifiedErrorId.Split(',')[0], new[] { "HashMismatch", "ServiceUnavailable", "SizeMismatch" });
        // What came may be kept beside it.
        byte[] file = File.ReadAllBytes(Path.Combine(Folder, "dump.rdb"));
        Assert.Equal(item.Sha256, Convert.ToHexStringLower(SHA256.HashData(file)));
    }
}
