using System.Collections.Generic;
using BackupLinks.Credentials;
using BackupLinks.Errors;
using BackupLinks.HuaweiCloud;

namespace BackupLinks.Tests.Core.Credentials;

public sealed class SecretValueTests
{
    [Theory]
    [InlineData("SK\n", "a line break (line feed) at the end of")]
    [InlineData("SK\r", "a line break (carriage return) at the end of")]
    [InlineData("SK\r\n", "a line break (carriage return) in")]
    [InlineData("\nSK", "a line break (line feed) at the beginning of")]
    [InlineData("\tSK", "a tab at the beginning of")]
    [InlineData("\uFEFFSK", "a byte order mark (U+FEFF) at the beginning of")]
    [InlineData("SK\u200B", "an invisible character (U+200B) at the end of")]
    [InlineData("S\u200DK", "an invisible character (U+200D) in")]
    [InlineData("\u202ASK", "an invisible character (U+202A) at the beginning of")]
    [InlineData("SK\u00AD", "an invisible character (U+00AD) at the end of")]
    [InlineData("SK\u00A0", "a no-break space (U+00A0) at the end of")]
    [InlineData("SK\u3000", "a blank that is not the keyboard's (U+3000) at the end of")]
    [InlineData("SK ", "a blank at the end of")]
    [InlineData(" SK", "a blank at the beginning of")]
    [InlineData("S K", "a blank in")]
    [InlineData("S K ", "a blank in")]
    [InlineData("S\0K", "a control character (U+0000) in")]
    [InlineData("SK\u2028", "a line break (U+2028) at the end of")]
    [InlineData("SKü", "something other than ASCII in")]
    public void A_slip_of_the_clipboard_is_called_by_its_name(string value, string slip)
    {
        foreach (string key in new[] { "AccessKey", "SecretKey", "SecurityToken", "Token" })
        {
            string message = Refuse(key, value);
            Assert.Contains($"has {slip} the value of its key '{key}'", message);
            Assert.DoesNotContain(value, message);
        }
    }

    [Theory]
    [InlineData("Password", " p\u00E4ss w\u00F6rd ")]
    [InlineData("Password", "p\u200Dq")]
    [InlineData("Region", "cn-north-4\n")]
    [InlineData("Endpoint", " https://h.example ")]
    [InlineData("SecretKey", "a/b+c=~!")]
    [InlineData("UserName", "J\u00FCrgen M\u00FCller")]
    public void What_a_value_may_have_it_keeps(string key, string value) => Assert.Equal(value, Read(key, value)[key]);

    [Theory]
    [InlineData("Password", "secret\r\n", "line break")]
    [InlineData("UserName", "me\n", "line break")]
    [InlineData("DomainName", "\uFEFFus", "byte order mark")]
    [InlineData("ProjectId", "0123\u200B", "invisible character")]
    [InlineData("SecretKey", "  ", "has no value")]
    public void Other_values_are_checked_for_what_they_never_have(string key, string value, string slip) =>
        Assert.Contains(slip, Refuse(key, value));

    [Theory]
    [InlineData("\uFEFF{\"AccessKey\":\"AK\"}")]
    [InlineData("\uFEFF\r\n {\"AccessKey\":\"AK\"}\r\n")]
    public void JSON_with_a_byte_order_mark_is_read(string json) =>
        Assert.Equal("AK", CredentialFields.FromJson(HuaweiCredential.Schema, "The test", json)["AccessKey"]);

    [Theory]
    [InlineData("[\"AK\"]", "is JSON, but not an object; store an object with the keys")]
    [InlineData("\"AK\"", "is JSON, but not an object")]
    [InlineData("AK", "is text that is not JSON")]
    [InlineData("{\"AccessKey\":[\"AK\"]}", "has a JSON array in its key 'AccessKey'")]
    [InlineData("{\"Region\":[\"cn-north-4\",4]}", "has a JSON array in its key 'Region'")]
    [InlineData("{\"Region\":true}", "has a JSON true in its key 'Region'")]
    public void JSON_of_another_shape_is_refused_with_the_shape(string json, string problem)
    {
        var error = Assert.Throws<BackupLinksException>(
            () => CredentialFields.FromJson(HuaweiCredential.Schema, "The test", json));

        Assert.Equal(ErrorKind.InvalidSecret, error.Kind);
        Assert.Contains(problem, error.Message);
    }

    [Fact]
    public void JSON_has_several_regions_as_a_list() =>
        Assert.Equal("cn-north-4,cn-east-3", CredentialFields.FromJson(
            HuaweiCredential.Schema, "The test", """{"Region":["cn-north-4","cn-east-3"]}""")["Region"]);

    private static CredentialFields Read(string key, string value) =>
        new(HuaweiCredential.Schema, "The test", [new KeyValuePair<string, string?>(key, value)]);

    private static string Refuse(string key, string value)
    {
        var error = Assert.Throws<BackupLinksException>(() => Read(key, value));
        Assert.Equal(ErrorKind.InvalidSecret, error.Kind);
        return error.Message;
    }
}
