using BackupLinks.Http;

namespace BackupLinks.Tests.Core.Http;

/// <summary>The code, the message and the request id in the body of a refusal.</summary>
public sealed class ApiErrorBodyTests
{
    [Theory]
    [InlineData("""{"code":"C","message":"M","request_id":"r"}""", "C", "M", "r")]
    [InlineData("""{"error":{"code":"C","message":"M"},"request_id":"outer"}""", "C", "M", "outer")]
    [InlineData("""{"error":{"code":"C","message":"M","request_id":"inner"}}""", "C", "M", "inner")]
    [InlineData("""{"error":{"code":"C","message":"M","request_id":"inner"},"request_id":"outer"}""",
        "C", "M", "outer")]
    [InlineData("""{"request_id":"r"}""", null, null, "r")]
    [InlineData("""{"error":{"error":{"code":"C"},"RequestId":"middle"}}""", "C", null, "middle")]
    [InlineData("""[{"x":1},{"code":"C"}]""", "C", null, null)]
    [InlineData("""{"code":"C","title":"T"}""", "C", "T", null)]
    [InlineData("""{"code":7,"message":" "}""", "7", null, null)]
    [InlineData("""{"message":"M","request_id":"r"}""", null, "M", "r")]
    [InlineData("""{"code":"Success","data":{"code":"C"}}""", "C", null, null)]
    [InlineData("  <Error><Code>C</Code><Message>M</Message><RequestId>r</RequestId></Error>", "C", "M", "r")]
    [InlineData("<Error><Code> </Code></Error>", null, null, null)]
    [InlineData("<Other><Code>C</Code></Other>", null, null, null)]
    [InlineData("<html><p>", null, null, null)]
    [InlineData("no JSON", null, null, null)]
    [InlineData("\uFEFF \r\n<Error><Code>C</Code></Error>", "C", null, null)]
    [InlineData("\uFEFF{\"code\":\"C\"}", "C", null, null)]
    [InlineData("<error><code>C</code><message>M</message></error>", "C", "M", null)]
    [InlineData("<Response><Errors><Error><Code>C</Code></Error></Errors><RequestID>r</RequestID></Response>",
        "C", null, "r")]
    [InlineData("<s:Fault xmlns:s='u'><faultcode>C</faultcode><faultstring>M</faultstring></s:Fault>", "C", "M", null)]
    [InlineData("<Errors/>", null, null, null)]
    [InlineData("""{"error":"expired token"}""", null, "expired token", null)]
    [InlineData("""{"error":"access_denied","error_description":"No."}""", "access_denied", "No.", null)]
    [InlineData("""{"error":"access denied","error_description":"No."}""", null, "No.", null)]
    [InlineData("""{"title":"Forbidden","detail":"Not you."}""", "Forbidden", "Not you.", null)]
    [InlineData("""{"success":false,"msg":"denied"}""", null, "denied", null)]
    [InlineData("""{"code":"C","detail":"D"}""", "C", null, null)]
    [InlineData("[]", null, null, null)]
    public void What_a_body_says_is_found(string body, string? code, string? message, string? requestId) =>
        Assert.Equal(new ApiErrorBody(code, message, requestId), ApiErrorBody.Parse(body));
}
