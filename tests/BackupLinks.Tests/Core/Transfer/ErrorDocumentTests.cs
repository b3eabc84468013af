using System.Text;
using BackupLinks.Transfer;

namespace BackupLinks.Tests.Core.Transfer;

/// <summary>What the first bytes of a body are in the place of a backup.</summary>
public sealed class ErrorDocumentTests
{
    [Theory]
    [InlineData("<!DOCTYPE html>", "a web page")]
    [InlineData("<HTML>", "a web page")]
    [InlineData("<head>", "a web page")]
    [InlineData("<body>", "a web page")]
    [InlineData("<title>", "a web page")]
    [InlineData("<meta charset=x>", "a web page")]
    [InlineData("<script>", "a web page")]
    [InlineData("<h1>502</h1>", "a web page")]
    [InlineData("<center>", "a web page")]
    [InlineData(" \r\n<html>", "a web page")]
    [InlineData("<!-- a --><!-- b --> <html>", "a web page")]
    [InlineData("<?xml version=\"1.0\"?><!DOCTYPE html>", "a web page")]
    [InlineData("<Error/>", "an XML error")]
    [InlineData("<error><Code>x</Code></error>", "an XML error")]
    [InlineData("<ErrorResponse xmlns='x'>", "an XML error")]
    [InlineData("<Fault>", "an XML error")]
    [InlineData("<?xml version=\"1.0\"?>\n<!-- a -->\n<Error>", "an XML error")]
    [InlineData("<!-- a -->\n<Error>", "an XML error")]
    [InlineData("<?xml version=\"1.0\"?><rows/>", "an XML document")]
    [InlineData("<?XML version=\"1.0\"?><rows/>", "an XML document")]
    [InlineData("<s:Error>", "an XML error")]
    [InlineData("<s:Envelope><s:Body><s:Fault>", "an XML error")]
    [InlineData("<Envelope><Body><Fault/>", "an XML error")]
    [InlineData("<s:Envelope><s:Body><Faults>", null)]
    [InlineData("<?xml version=\"1.0\"?><s:Envelope><s:Body>", "an XML document")]
    [InlineData("<x:html>", "a web page")]
    [InlineData("<metadata>", null)]
    [InlineData("<titles/>", null)]
    [InlineData("<Errors>", null)]
    [InlineData("<Error1>", null)]
    [InlineData("<Error", null)]
    [InlineData("<rows/>", null)]
    [InlineData("<!-- a --><rows/>", null)]
    [InlineData("<!-- a <html>", null)]
    [InlineData("text <html>", null)]
    [InlineData("", null)]
    public void Markup_is_recognised_by_its_first_element(string text, string? what)
    {
        Assert.Equal(what, Recognize(text, isAll: false)?.What);
        Assert.Equal(what, Recognize(text, isAll: true)?.What);
    }

    [Theory]
    [InlineData("dump.rdb", "an XML document")]
    [InlineData("slow.XML", "an XML document")]
    [InlineData("audit.log", null)]
    [InlineData("audit.TXT", null)]
    [InlineData("trace.xel", null)]
    public void A_log_may_be_an_XML_document_and_not_an_XML_error(string name, string? what)
    {
        Assert.Equal(what, Recognize("<?xml version=\"1.0\"?><rows/>", name: name)?.What);
        Assert.Equal("an XML error", Recognize("<?xml version=\"1.0\"?><Error/>", name: name)!.What);
        Assert.Equal("a web page", Recognize("<html>", name: name)!.What);
    }

    [Theory]
    [InlineData("""{"error_code":"DCS.4800","error_msg":"Invalid."}""", true)]
    [InlineData("""{"errCode":"a"}""", true)]
    [InlineData("""{"externalMessage":"a"}""", true)]
    [InlineData("""{"errorCode":"a"}""", true)]
    [InlineData("""{"errorMessage":"a"}""", true)]
    [InlineData("""{"error":{"code":404}}""", true)]
    [InlineData("""{"errors":[]}""", true)]
    [InlineData("""{"a":1,"CODE":"a"}""", true)]
    [InlineData("""{"message":"a"}""", true)]
    [InlineData("""[{"message":"a"}]""", true)]
    [InlineData("  \n{\"message\":\"a\"}\n", true)]
    [InlineData("""{"Response":{"Error":{"Code":"AuthFailure","Message":"a"},"RequestId":"b"}}""", true)]
    [InlineData("""{"title":"Forbidden","status":403}""", true)]
    [InlineData("""{"success":false,"msg":"a"}""", true)]
    [InlineData("""{"Response":{"Error":"a"}}""", false)]
    [InlineData("""{"Response":{"Error":{"Code":"a"}},"rows":[]}""", false)]
    [InlineData("""{"title":"Forbidden","status":200}""", false)]
    [InlineData("""{"title":"Forbidden","status":"403"}""", false)]
    [InlineData("""{"success":true,"msg":"a"}""", false)]
    [InlineData("""{"success":false,"msg":"a","a":1,"b":1,"c":1,"d":1,"e":1,"f":1,"g":1}""", false)]
    [InlineData("""[{"title":"Forbidden","status":403}]""", false)]
    [InlineData("""{"rows":[{"message":"a"}]}""", false)]
    [InlineData("""[{"row":1},{"message":"a"}]""", false)]
    [InlineData("""[["message"]]""", false)]
    [InlineData("[]", false)]
    [InlineData("{\"message\":\"a\"}\n{\"message\":\"b\"}", false)]
    [InlineData("{\"message\":", false)]
    [InlineData("\"message\"", false)]
    public void JSON_is_an_error_when_all_of_it_is_one_document_with_a_key_of_errors(string text, bool isError)
    {
        Assert.Equal(isError ? "a JSON error" : null, Recognize(text, isAll: true)?.What);
        Assert.Null(Recognize(text, isAll: false));
    }

    [Fact]
    public void The_code_and_the_message_of_an_error_are_read()
    {
        Assert.Equal("AccessDenied", Recognize("<Error><Code>AccessDenied</Code></Error>")!.Error.Code);
        Assert.Equal("DCS.4800", Recognize("""{"error_code":"DCS.4800","error_msg":"Invalid."}""")!.Error.Code);
        Assert.Null(Recognize("<html>")!.Error.Code);
    }

    [Fact]
    public void A_byte_order_mark_is_not_part_of_the_text()
    {
        byte[][] documents =
        [
            [0xEF, 0xBB, 0xBF, .. "<html>"u8],
            [.. Encoding.Unicode.GetPreamble(), .. Encoding.Unicode.GetBytes("<html>")],
            [.. Encoding.BigEndianUnicode.GetPreamble(), .. Encoding.BigEndianUnicode.GetBytes("<html>")],
        ];

        Assert.All(documents, document => Assert.Equal("a web page", Recognize(document)?.What));
    }

    [Fact]
    public void An_XML_error_in_an_envelope_has_its_code()
    {
        const string Error = "<ErrorResponse xmlns='x'><Error><Code>SlowDown</Code><Message>a</Message></Error>"
            + "<RequestId>b</RequestId></ErrorResponse>";

        Assert.Equal(new BackupLinks.Http.ApiErrorBody("SlowDown", "a", "b"), Recognize(Error)!.Error);
        Assert.Null(Recognize("<ErrorResponse><Other/></ErrorResponse>")!.Error.Code);
    }

    [Fact]
    public void A_line_of_a_log_may_be_what_elsewhere_is_an_error()
    {
        const string Line = """{"success":false,"msg":"login failed"}""";

        Assert.NotNull(Recognize(Line));
        Assert.Null(Recognize(Line, name: "audit.log"));
    }

    [Fact]
    public void Only_the_bytes_that_came_are_looked_at() =>
        Assert.Null(ErrorDocument.Recognize("<html>"u8.ToArray(), 3, isAll: true, "dump.rdb"));

    [Theory]
    [InlineData("", true)]
    [InlineData("abc", true)]
    [InlineData("abcd", false)]
    [InlineData("    ", true)]
    [InlineData("  <a", true)]
    [InlineData("{\"a\"", true)]
    [InlineData("[ 1 ", true)]
    [InlineData("REDIS0011", false)]
    public void The_first_bytes_say_whether_it_is_worth_reading_on(string text, bool mayBegin) =>
        Assert.Equal(mayBegin, ErrorDocument.MayBegin([.. Encoding.ASCII.GetBytes(text), (byte)'<'], text.Length));

    [Theory]
    [InlineData("a.html", true)]
    [InlineData("a.HTM", true)]
    [InlineData("a.json", true)]
    [InlineData("a.xml", true)]
    [InlineData("a.svg", true)]
    [InlineData("a.log", false)]
    [InlineData("html", false)]
    [InlineData("a.html.gz", false)]
    public void A_document_by_its_name_is_a_document(string name, bool isDocument) =>
        Assert.Equal(isDocument, ErrorDocument.IsDocumentName(name));

    private static ErrorDocument? Recognize(string text, bool isAll = true, string name = "dump.rdb") =>
        ErrorDocument.Recognize(Encoding.UTF8.GetBytes(text), Encoding.UTF8.GetByteCount(text), isAll, name);

    private static ErrorDocument? Recognize(byte[] bytes) =>
        ErrorDocument.Recognize(bytes, bytes.Length, isAll: true, "dump.rdb");
}
