using System.Linq;
using System.Net.Http.Headers;
using System.Text;
using System.Threading.Tasks;
using BackupLinks.Errors;

namespace BackupLinks.Tests.Core.Transfer;

/// <summary>
/// Pages and errors that come with an entity tag, as if they were stored; and data that looks like them, and is.
/// </summary>
public sealed class TaggedDocumentTests : TransferTest
{
    private static readonly string Long = new('x', 20_000);

    public TaggedDocumentTests() => Store.Tag = "\"page-1\"";

    public static TheoryData<string, ErrorKind> Errors => new()
    {
        { "<s:Error xmlns:s='urn:x'><s:Code>AccessDenied</s:Code></s:Error>", ErrorKind.AccessDenied },
        { "<?xml version='1.0'?><n:Error xmlns:n='urn:x'><Code>NoSuchKey</Code></n:Error>", ErrorKind.NotFound },
        {
            "<s:Envelope xmlns:s='urn:s'><s:Body><s:Fault><faultcode>F1</faultcode></s:Fault></s:Body></s:Envelope>",
            ErrorKind.InvalidResponse
        },
        {
            "<e:Envelope xmlns:e='urn:s'><e:Body><e:Fault><e:Code><e:Value>e:Sender</e:Value></e:Code></e:Fault>"
                + "</e:Body></e:Envelope>", ErrorKind.InvalidResponse
        },
        { "<Response><Errors><Error><Code>NoSuchKey</Code></Error></Errors></Response>", ErrorKind.NotFound },
        { "<div>Blocked</div>", ErrorKind.InvalidResponse },
        { "<DIV class='a'><p>Blocked<br/><img src='x'/>", ErrorKind.InvalidResponse },
        { "<p>Blocked</p>", ErrorKind.InvalidResponse },
        { "<!-- x -->\n<p>Blocked", ErrorKind.InvalidResponse },
        { "<style>a > b { } <row></style><p>Blocked</p>", ErrorKind.InvalidResponse },
        { "<!-- " + Long + " --><html>", ErrorKind.InvalidResponse },
        { "<!DOCTYPE html>" + Long, ErrorKind.InvalidResponse },
        { "{\"error\":\"" + Long + "\"}", ErrorKind.InvalidResponse },
        { "{\"error\":{\"code\":\"NoSuchKey\",\"message\":\"" + Long + "\"}}", ErrorKind.NotFound },
    };

    public static TheoryData<string, string> Data => new()
    {
        { "backup.plist", "<?xml version='1.0'?><!DOCTYPE plist PUBLIC 'x' 'y'><plist version='1.0'/>" },
        { "dump.bak", "<?xml version='1.0'?>\n<mysqldump xmlns:xsi='x'><database name='message'/></mysqldump>" },
        { "dump.bak", "<?xml version='1.0'?>\n\n<resultset statement='select 1'><row/></resultset>" },
        { "drawing", "<svg xmlns='x'><title>a</title></svg>" },
        { "rows", "<row id='1'/><row id='2'/>" },
        { "rows", "<p ProductID='1'/><p ProductID='2'/>" },
        { "rows", "<style><id>1</id></style>" },
        { "rows", "<link><source>1</source></link>" },
        { "rows", "<metadata><a/></metadata>" },
        { "rows", "<headers/>" },
        { "rows", "<ErrorLog><Error>x</Error></ErrorLog>" },
        { "audit.log", "<p>a line</p>" },
        { "audit.log", """{"message":"login","user":"a"}""" },
        { "audit.out", "{\"code\":1,\"message\":\"a\"}\n{\"code\":2,\"message\":\"b\"}\n" },
        { "rows", """{"_id":{"$oid":"5"},"message":"a","code":1}""" },
        { "rows", "{\"rows\":\"" + Long + "\",\"message\":\"a\"}" },
        { "rows", "[{\"code\":1,\"name\":\"" + Long + "\"},{\"code\":2}]" },
        { "rows", "[{\"error\":1,\"name\":\"" + Long + "\"}]" },
        { "rows", "{\"code\":1,\"rows\":\"" + Long + "\"}" },
        { "rows", """[{"_id":1,"error":"a"},{"_id":2}]""" },
        { "dump", "\uFEFF-- a dump <html>" },
        { "dump", "-- <html>" },
        { "dump", "<\0\u0001<html>" },
        { "dump", "{\0\u0001\"error\"}" },
        { "slow.sql", "<!-- generated -->\nCREATE TABLE t(i int);" },
    };

    [Theory]
    [MemberData(nameof(Errors))]
    public async Task An_error_is_one_with_a_tag_too(string body, ErrorKind kind)
    {
        foreach (bool ignoresRanges in new[] { false, true })
        {
            Store.IgnoresRanges = ignoresRanges;
            Store.Content = Encoding.UTF8.GetBytes(body);

            await FailAsync(kind);
        }
    }

    [Theory]
    [MemberData(nameof(Data))]
    public async Task Data_is_saved_without_a_word(string name, string body)
    {
        Source = Source with { FileName = name };
        Store.Content = Encoding.UTF8.GetBytes(body);

        await SaveAsync();

        AssertWhole();
        Assert.Empty(Warnings);
    }

    [Theory]
    [InlineData("<?xml version='1.0'?><schema><table/></schema>")]
    [InlineData("<?xml version='1.0'?><!-- x --><AuditRecords/>")]
    public async Task XML_of_an_unknown_kind_is_saved_with_a_warning(string body)
    {
        Store.Content = Encoding.UTF8.GetBytes(body);

        await SaveAsync();

        AssertWhole();
        Assert.Contains("is an XML document by its first bytes", Assert.Single(Warnings));
    }

    [Theory]
    [InlineData("dump.rdb", "<p><x-note>Blocked</x-note></p>")]
    [InlineData("audit.log", "<div>Blocked</div>")]
    [InlineData("dump.rdb", "<!-- a comment that does not end")]
    public async Task What_is_labelled_a_web_page_and_begins_like_one_is_one(string name, string body)
    {
        Label("text/html; charset=utf-8");
        Source = Source with { FileName = name };
        Store.Content = Encoding.UTF8.GetBytes(body);

        Assert.Contains("a web page", (await FailAsync(ErrorKind.InvalidResponse)).Message);
    }

    [Theory]
    [InlineData("dump.rdb", "REDIS0011")]
    [InlineData("dump.rdb", "<row id='1'/>")]
    [InlineData("dump.sql", "<!-- generated -->\nCREATE TABLE t(i int);")]
    [InlineData("report.html", "<p>Report</p>")]
    public async Task A_label_alone_makes_no_web_page(string name, string body)
    {
        Label("text/html");
        Source = Source with { FileName = name };
        Store.Content = Encoding.UTF8.GetBytes(body);

        await SaveAsync();

        AssertWhole();
    }

    [Fact]
    public async Task A_long_document_comes_in_many_reads_and_whole()
    {
        Source = Source with { FileName = "rows" };
        Store.Content = Encoding.UTF8.GetBytes(
            "[" + string.Join(",", Enumerable.Range(0, 20_000).Select(number => $"{{\"a\":{number}}}")) + "]");

        await SaveAsync();

        AssertWhole();
    }

    private void Label(string type) => Store.Change = (_, response) =>
        response.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
}
