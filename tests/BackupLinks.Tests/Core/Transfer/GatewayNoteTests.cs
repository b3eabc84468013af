using System;
using System.IO;
using System.IO.Compression;
using System.Text;
using System.Threading.Tasks;
using BackupLinks.Errors;

namespace BackupLinks.Tests.Core.Transfer;

/// <summary>A short document of any shape in the place of a file of which nothing else is known.</summary>
public sealed class GatewayNoteTests : TransferTest
{
    [Theory]
    [InlineData("""{"detail":"Blocked"}""", "Blocked")]
    [InlineData("""{"msg":"denied","status":403}""", "denied")]
    [InlineData("""{"fault":{"faultstring":"Bad token"}}""", null)]
    [InlineData("""{"errmsg":"no such file","ret":-1}""", "no such file")]
    [InlineData("""{"title":"Forbidden","status":"403"}""", "Forbidden")]
    [InlineData("<p>Blocked</p>", null)]
    [InlineData("<pre>Blocked</pre>", null)]
    [InlineData("<style>a{}</style>", null)]
    [InlineData("<!-- x --><div>Blocked</div>", null)]
    [InlineData("<soap:Envelope xmlns:soap='urn:s'><soap:Body><soap:Fault><faultcode>F1</faultcode><faultstring>No"
        + "</faultstring></soap:Fault></soap:Body></soap:Envelope>", "F1 No")]
    [InlineData("<Response><Errors><Error><Code>Blocked.E1</Code></Error></Errors></Response>", "Blocked.E1")]
    public async Task A_note_is_refused_in_its_own_words(string body, string? words)
    {
        Store.Content = Encoding.UTF8.GetBytes(body);

        var error = await FailAsync(ErrorKind.InvalidResponse);

        Assert.Contains(words ?? "in the place of", error.Message);
    }

    [Theory]
    [InlineData("tag")]
    [InlineData("size")]
    [InlineData("hash")]
    [InlineData("text")]
    [InlineData("document")]
    public async Task A_note_is_the_file_where_anything_tells_so(string what)
    {
        Store.Content = """{"detail":"a row"}"""u8.ToArray();
        Store.Tag = what == "tag" ? "\"abc-2\"" : null;
        Source = Source with
        {
            Size = what == "size" ? Store.Content.Length : null,
            ExpectedHash = what == "hash" ? Store.Sha256 : null,
            FileName = what switch { "text" => "slow.log", "document" => "rows.json", _ => "dump.rdb" },
        };

        await SaveAsync();

        AssertWhole();
        Assert.Empty(Warnings);
    }

    [Theory]
    [InlineData("""{"_id":1,"name":"x"}""", true)]
    [InlineData("[1,2,3]", true)]
    [InlineData("{\"_id\":1}\n{\"_id\":2}\n", false)]
    [InlineData("{not JSON}", false)]
    [InlineData("<<<< a frame", false)]
    [InlineData("< 1", false)]
    public async Task Data_that_may_be_a_note_is_saved_and_the_doubt_is_told(string body, bool isDoubtful)
    {
        Store.Content = Encoding.UTF8.GetBytes(body);

        await SaveAsync();

        AssertWhole();
        Assert.Equal(isDoubtful, Warnings.Exists(warning => warning.Contains("is a JSON document by its first bytes")));
    }

    [Fact]
    public async Task A_document_longer_than_any_note_is_the_file()
    {
        Store.Content = Encoding.UTF8.GetBytes("<rows>" + new string('x', 20_000) + "</rows>");

        await SaveAsync();

        AssertWhole();
    }

    [Theory]
    [InlineData("dump.rdb.gz", "<html>Sign in</html>", true)]
    [InlineData("dump.rdb.gz", """{"detail":"Blocked"}""", true)]
    [InlineData("dump.rdb.gz", "REDIS0011", false)]
    [InlineData("report.html.gz", "<html>Report</html>", false)]
    [InlineData("audit.log.gz", """{"detail":"a row"}""", false)]
    public async Task A_note_that_was_compressed_on_its_way_is_one_under_the_name_of_a_compressed_file_too(
        string name, string body, bool isNote)
    {
        Source = Source with { FileName = name };
        Store.Content = Compress(body);
        Store.Codings = ["gzip"];
        Store.HasNoLength = Store.IgnoresRanges = true;

        if (isNote)
        {
            await FailAsync(ErrorKind.InvalidResponse);
            return;
        }

        await SaveAsync();
        AssertWhole();
    }

    [Theory]
    [InlineData("slowlog.json", "<Error><Code>SlowDown</Code></Error>", ErrorKind.Throttled)]
    [InlineData("audit.xml", "<Error><Code>AccessDenied</Code></Error>", ErrorKind.AccessDenied)]
    [InlineData("audit.html", """{"code":"NoSuchKey","message":"Gone"}""", ErrorKind.NotFound)]
    public async Task An_error_of_a_store_is_one_under_the_name_of_a_document_too(
        string name, string body, ErrorKind kind)
    {
        Source = Source with { FileName = name };
        Settings = Settings with { MaximumRetryCount = 0 };
        Store.Content = Encoding.UTF8.GetBytes(body);

        await FailAsync(kind);

        // As a stored object it is one.
        Store.Tag = "\"abc-2\"";
        await SaveAsync();
        AssertWhole();
    }

    // The first response has no Date, as of a bare server; the time of receipt stands in for it.
    [Theory]
    [InlineData(2020, true)]
    [InlineData(2100, false)]
    public async Task A_time_of_change_is_a_proof_without_a_Date_too(int year, bool isResumed)
    {
        Store.HasNoDate = true;
        Store.LastModified = new DateTimeOffset(year, 1, 1, 0, 0, 0, TimeSpan.Zero);
        Store.Content = Bytes(100_000);
        Store.Instead = (number, _) =>
        {
            Store.CutAfter = number == 1 ? 50_000 : null;
            return null;
        };

        await SaveAsync();

        AssertWhole();
        Assert.Equal(
            isResumed, Store.Requests.Exists(request => request.StartsWith("50000-", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_note_behind_a_byte_order_mark_keeps_its_code()
    {
        Store.Instead = (_, _) => FakeStore.Refuse(
            404, "\uFEFF<?xml version=\"1.0\" encoding=\"utf-8\"?><Error><Code>BlobNotFound</Code></Error>");

        Assert.Equal("BlobNotFound", ((ApiException)await FailAsync(ErrorKind.NotFound)).ErrorCode);
    }

    private static byte[] Compress(string text)
    {
        var output = new MemoryStream();
        using (var gzip = new GZipStream(output, CompressionMode.Compress))
            gzip.Write(Encoding.UTF8.GetBytes(text));
        return output.ToArray();
    }
}
