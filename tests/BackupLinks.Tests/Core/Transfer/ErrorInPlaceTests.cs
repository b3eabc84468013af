using System;
using System.Linq;
using System.Text;
using System.Threading.Tasks;
using BackupLinks.Errors;
using BackupLinks.Transfer;

namespace BackupLinks.Tests.Core.Transfer;

/// <summary>
/// An error document in the place of a file never gets the name of a backup; a file that is a document does.
/// </summary>
public sealed class ErrorInPlaceTests : TransferTest
{
    public static TheoryData<string, string?> Errors => new()
    {
        { """{"error_code":"WAF.0403","error_msg":"Blocked by policy"}""", "WAF.0403" },
        { """{"message":"Forbidden"}""", "Forbidden" },
        { """{"error":{"code":"Denied","message":"No"}}""", "Denied" },
        { """[{"errorCode":"E1","errorMessage":"No"}]""", "E1" },
        { """{"error":"access_denied"}""", null },
        { "<!DOCTYPE html><html><title>Sign in</title></html>", null },
        { "\uFEFF\r\n  <!doctype HTML>", null },
        { "<html>Your download is being scanned</html>", null },
        { "<!-- cached --><HTML><body>no</body></HTML>", null },
        { "<h1>Forbidden</h1>", null },
        { "<?xml version='1.0'?><Error><Code>NoSuchKey</Code><Message>Gone</Message></Error>", "NoSuchKey" },
        { "<?xml version='1.0'?><!-- x --><Error xmlns='urn:x'><Code>AccessDenied</Code></Error>", "AccessDenied" },
        { "<Error><Code>InvalidObjectState</Code></Error>", "InvalidObjectState" },
        { "<?xml version=\"1.0\"?><ListBucketResult/>", null },
    };

    [Theory]
    [MemberData(nameof(Errors))]
    public async Task An_error_document_is_an_error_in_its_own_words(string body, string? words)
    {
        foreach (bool isRange in new[] { true, false })
        {
            Store.Content = Encoding.UTF8.GetBytes(body);
            Store.Tag = "\"page\"";
            Store.IgnoresRanges = !isRange;

            var error = await Assert.ThrowsAnyAsync<ApiException>(SaveAsync);

            Assert.Null(Saved);
            if (words is not null)
                Assert.Contains(words, error.Message);
        }
    }

    [Theory]
    [InlineData("<Error><Code>NoSuchKey</Code><Message>Gone</Message></Error>", ErrorKind.NotFound)]
    [InlineData("<html>Sign in</html>", ErrorKind.InvalidResponse)]
    [InlineData("", ErrorKind.InvalidResponse)]
    public async Task An_error_document_is_one_also_where_a_hash_is_expected(string body, ErrorKind kind)
    {
        Store.Content = Encoding.UTF8.GetBytes(body);
        Source = Source with { ExpectedHash = new string('0', 32) };

        await FailAsync(kind);
    }

    [Fact]
    public async Task A_link_with_an_expected_hash_is_renewed_and_a_passing_error_retried()
    {
        Store.Content = Bytes(1000);
        Source = Source with
        {
            ExpectedHash = Store.Sha256,
            Renew = _ => Task.FromResult(new RenewedLink(new Uri(Address + "&new=1"), null)),
        };
        Store.Instead = (number, _) => number switch
        {
            1 => FakeStore.Refuse(200, "<Error><Code>SlowDown</Code></Error>"),
            2 => FakeStore.Refuse(200, "<Error><Code>AccessDenied</Code></Error>"),
            _ => null,
        };

        Assert.Equal(1, (await SaveAsync()).LinkRenewals);

        AssertWhole();
    }

    [Fact]
    public async Task A_page_longer_than_any_error_is_the_file_when_the_hash_says_so()
    {
        Store.Content = Encoding.UTF8.GetBytes("<html>" + new string('x', 2 * ErrorDocument.LongestLook));
        Source = Source with { ExpectedHash = Store.Sha256 };

        await SaveAsync();

        AssertWhole();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_page_in_two_bytes_a_character_is_recognized(bool isBigEndian)
    {
        var encoding = new UnicodeEncoding(isBigEndian, byteOrderMark: true);
        Store.Content = [.. encoding.GetPreamble(), .. encoding.GetBytes("<html>Sign in</html>")];

        await FailAsync(ErrorKind.InvalidResponse);
    }

    [Theory]
    [InlineData("NoSuchKey", ErrorKind.NotFound)]
    [InlineData("SignatureDoesNotMatch", ErrorKind.AccessDenied)]
    [InlineData("SomethingElse", ErrorKind.InvalidResponse)]
    public async Task The_kind_of_the_error_is_that_of_the_stores_code(string code, ErrorKind kind)
    {
        Store.Content = Encoding.UTF8.GetBytes(
            $"<Error><Code>{code}</Code><Message>m</Message><RequestId>R1</RequestId></Error>");

        var error = (ApiException)await FailAsync(kind);

        Assert.Equal((code, "R1"), (error.ErrorCode, error.RequestId));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Nothing_at_all_is_an_error(bool hasNoLength)
    {
        Store.HasNoLength = hasNoLength;

        Assert.Contains("no byte", (await FailAsync(ErrorKind.InvalidResponse)).Message);
    }

    [Fact]
    public async Task An_empty_object_is_one_whose_size_is_stated_or_whose_tag_is_that_of_nothing()
    {
        Store.Tag = Store.Md5Tag;
        Assert.Equal(0, (await SaveAsync()).Size);

        Store.Tag = null;
        Settings = Settings with { Force = true };
        Source = Source with { Size = 0 };
        Assert.Equal(0, (await SaveAsync()).Size);
    }

    [Theory]
    [InlineData("audit.xml", "<?xml version='1.0'?><Error><Code>E17</Code></Error>")]
    [InlineData("report.html", "<!DOCTYPE html><html></html>")]
    [InlineData("events.json", """{"code":"1","message":"m"}""")]
    [InlineData("audit.log", "<?xml version='1.0'?><AuditRecord/>")]
    [InlineData("dump.rdb", "REDIS0009")]
    [InlineData("export.bin", "{\"_id\":1,\"code\":\"x\"}\n{\"_id\":2,\"code\":\"y\"}\n")]
    [InlineData("export.bin", "{\"_id\":1,\"name\":\"x\"}")]
    [InlineData("script.sql", "<!-- generated -->\nCREATE TABLE t(i int);")]
    [InlineData("short", "x")]
    public async Task A_file_that_is_a_document_by_its_name_or_no_error_is_saved(string name, string body)
    {
        Store.Content = Encoding.UTF8.GetBytes(body);
        Source = Source with { FileName = name };

        await SaveAsync();

        AssertWhole();
    }

    [Theory]
    [InlineData("size")]
    [InlineData("hash")]
    [InlineData("tag")]
    public async Task A_document_that_its_size_its_hash_or_its_tag_proves_is_saved(string proof)
    {
        Store.Content = "<?xml version='1.0'?><Error><Code>InternalError</Code></Error>"u8.ToArray();
        Store.Tag = proof == "tag" ? Store.Md5Tag : null;
        Source = Source with { Size = proof == "size" ? Store.Content.Length : null,
        ExpectedHash = proof == "hash" ? Store.Sha256 : null };

        await SaveAsync();

        AssertWhole();
    }

    [Fact]
    public async Task A_size_in_kilobytes_does_not_prove_a_short_document()
    {
        Store.Content = "<html>Sign in</html>"u8.ToArray();
        Source = Source with { Size = 1024, SizeUnit = 1024 };

        await FailAsync(ErrorKind.InvalidResponse);
    }

    [Fact]
    public async Task Of_a_document_with_another_size_than_the_file_the_stores_reason_is_told()
    {
        Store.Content = "<Error><Code>AccessDenied</Code><Message>No</Message></Error>"u8.ToArray();
        Source = Source with { Size = 1_000_000 };
        await FailAsync(ErrorKind.AccessDenied);

        Store.Content = "<html>Sign in</html>"u8.ToArray();
        await FailAsync(ErrorKind.SizeMismatch);
    }

    [Theory]
    [InlineData(400, "RequestTimeout")]
    [InlineData(200, "SlowDown")]
    [InlineData(200, "InternalError")]
    [InlineData(403, "ServiceUnavailable")]
    [InlineData(409, "OperationAborted")]
    public async Task A_passing_error_is_retried_whatever_its_status(int status, string code)
    {
        Store.Content = Bytes(10_000);
        Store.Tag = Store.Md5Tag;
        Store.Instead = (number, _) =>
            number <= 2 ? FakeStore.Refuse(status, $"<Error><Code>{code}</Code><Message>m</Message></Error>") : null;

        await SaveAsync();

        AssertWhole();
        Assert.Equal(3, Store.Requests.Count);
        Assert.Contains(Told, line => line.Contains(code) && line.Contains("retry 2 of 4"));
    }

    [Theory]
    [InlineData(400, "RequestTimeout", ErrorKind.ServiceUnavailable)]
    [InlineData(200, "SlowDown", ErrorKind.Throttled)]
    public async Task A_passing_error_that_stays_is_an_error_after_the_retries(int status, string code, ErrorKind kind)
    {
        Store.Instead = (_, _) => FakeStore.Refuse(status, $"<Error><Code>{code}</Code><Message>m</Message></Error>");

        Assert.Equal(code, ((ApiException)await FailAsync(kind)).ErrorCode);

        Assert.Equal(5, Store.Requests.Count);
    }

    [Fact]
    public async Task A_passing_error_in_the_middle_of_a_file_costs_a_retry_only()
    {
        Store.Content = Bytes(300_000);
        Store.Tag = Store.Md5Tag;
        Store.CutAfter = 100_000;
        Store.Instead = (number, _) =>
            number is 2 or 3 ? FakeStore.Refuse(400, "<Error><Code>RequestTimeout</Code></Error>") : null;

        await SaveAsync();

        AssertWhole();
        Assert.Equal(
            ["0-8388607", "100000-299999", "100000-299999", "100000-299999", "200000-299999"],
            Store.Requests.Select(request => request.Split(' ')[0]));
    }

    [Fact]
    public async Task A_redirect_without_an_address_is_told_with_the_stores_code()
    {
        Store.Instead = (_, _) =>
            FakeStore.Refuse(
                301, "<Error><Code>PermanentRedirect</Code><Message>Use the endpoint of the region.</Message></Error>");

        Assert.Contains("PermanentRedirect Use the endpoint", (await FailAsync(ErrorKind.InvalidResponse)).Message);
    }

    [Fact]
    public async Task A_signature_that_the_store_sends_back_is_not_told()
    {
        Store.Instead = (_, request) =>
            FakeStore.Refuse(
                404, $"<Error><Code>NoSuchKey</Code><Message>{request.RequestUri!.Query.Split('=')[^1]} is "
                    + "unknown</Message></Error>");

        Assert.Contains("***", (await FailAsync(ErrorKind.NotFound)).Message);
    }
}
