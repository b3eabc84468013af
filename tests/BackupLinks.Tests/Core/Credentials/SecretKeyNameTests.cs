using System;
using System.Collections.Generic;
using BackupLinks.Credentials;
using BackupLinks.Errors;
using BackupLinks.HuaweiCloud;

namespace BackupLinks.Tests.Core.Credentials;

public sealed class SecretKeyNameTests
{
    [Theory]
    [InlineData("AcessKey")]
    [InlineData("Access_Key_Id")]
    [InlineData("SecretKay")]
    [InlineData("ak")]
    [InlineData("Secret")]
    [InlineData("Colour")]
    [InlineData("Usernam")]
    public void A_key_that_looks_like_one_is_named(string key) =>
        Assert.Contains($"the unknown key '{key}'", Refuse((key, "a value")));

    [Theory]
    [InlineData("wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY")]
    [InlineData("AKIAIOSFODNN7EXAMPLE")]
    [InlineData("canary-value-that-must-not-show")]
    [InlineData("hunter")]
    [InlineData("correct horse battery staple")]
    [InlineData("Passw0rd")]
    [InlineData("zq")]
    [InlineData("\u001b[31mAccessKey")]
    [InlineData("0123456789abcdef0123456789abcdef")]
    [InlineData("Rogiun")]
    [InlineData("access-----------------------------------key")]
    [InlineData("\u212Aey")]
    public void Any_other_key_may_be_the_secret_and_is_not_named(string key)
    {
        string message = Refuse((key, "a value"));

        Assert.Contains("unknown key", message);
        Assert.DoesNotContain(key, message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("AccessKey")]
    [InlineData("secretkey")]
    [InlineData("Password")]
    [InlineData("access_key_id")]
    public void Keys_and_values_the_wrong_way_round_name_nothing_of_either(string value)
    {
        // Near to a known key, as a weak password may be.
        string message = Refuse(("Region", "cn-north-4"), ("Pasword", value));

        Assert.Contains("swapped", message);
        Assert.DoesNotContain("Pasword", message);
    }

    [Fact]
    public void JSON_with_values_as_keys_names_nothing_of_them()
    {
        foreach (string json in new[]
                 {
                     """{"AKIDEXAMPLE01":"SKEXAMPLE02"}""", """{"SKEXAMPLE02":null}""", """{"SKEXAMPLE02":42}""",
                     """{"SKEXAMPLE02":{"x":1}}""",
                     """{"SKEXAMPLE02":"SecretKey","AKIDEXAMPLE01":"AccessKey"}""",
                 })
        {
            string message = Assert.Throws<BackupLinksException>(
                () => CredentialFields.FromJson(HuaweiCredential.Schema, "The test", json)).Message;
            Assert.DoesNotContain("EXAMPLE", message);
        }
    }

    private static string Refuse(params (string Key, string Value)[] pairs)
    {
        var values = new List<KeyValuePair<string, string?>>();
        foreach (var (key, value) in pairs)
            values.Add(new KeyValuePair<string, string?>(key, value));
        var error = Assert.Throws<BackupLinksException>(
            () => new CredentialFields(HuaweiCredential.Schema, "The test", values));
        Assert.Equal(ErrorKind.InvalidSecret, error.Kind);
        return error.Message;
    }
}
