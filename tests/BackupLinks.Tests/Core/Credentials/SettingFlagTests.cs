using System.Collections;
using BackupLinks.Credentials;
using BackupLinks.Errors;
using BackupLinks.Secrets;

namespace BackupLinks.Tests.Core.Credentials;

/// <summary>A setting that is true or false, in every shape that a secret may have.</summary>
public sealed class SettingFlagTests
{
    private const string Flag = "International";

    private static readonly CredentialSchema Schema = new()
    {
        Provider = "Provider",
        SecretName = "Secret",
        Kinds = [new("an access key", [new("AccessKey"), new("SecretKey")])],
        Settings = [new(Flag) { IsTrimmed = true, IsFlag = true, Variable = "INTERNATIONAL" }],
    };

    [Theory]
    [InlineData("true", true)]
    [InlineData("false", false)]
    [InlineData("\"true\"", true)]
    [InlineData("\"False\"", false)]
    [InlineData("\"1\"", true)]
    [InlineData("\"0\"", false)]
    [InlineData("\" Yes \"", true)]
    [InlineData("\"no\"", false)]
    [InlineData("\"on\"", true)]
    [InlineData("\"OFF\"", false)]
    [InlineData("null", false)]
    public void Value_in_json_is_read(string json, bool expected)
    {
        string flag = json == "null" ? "" : $",\"{Flag}\":{json}";
        var fields = CredentialFields.FromJson(
            Schema, "The secret 'S'", $$"""{"AccessKey":"a","SecretKey":"b"{{flag}}}""");

        Assert.Equal(expected, SettingFlag.Read(Schema, Flag, fields[Flag]));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Value_in_a_hashtable_may_be_a_boolean(bool value)
    {
        var fields = SecretParser.Read(
            Schema, "The secret 'S'", new Hashtable { ["AccessKey"] = "a", ["SecretKey"] = "b", [Flag] = value });

        Assert.Equal(value, SettingFlag.Read(Schema, Flag, fields[Flag]));
    }

    [Theory]
    [InlineData("\"maybe\"")]
    [InlineData("\"2\"")]
    public void Any_other_text_is_an_error_that_names_the_key(string json)
    {
        var error = Assert.Throws<BackupLinksException>(
            () => CredentialFields.FromJson(Schema, "The secret 'S'", $$"""{"{{Flag}}":{{json}}}"""));

        Assert.Equal(
            (ErrorKind.InvalidSecret,
                "The secret 'S' has a 'International' that is neither true nor false; use one of them."),
            (error.Kind, error.Message));
    }

    [Fact]
    public void Variable_of_the_environment_with_other_text_is_an_error_that_names_it()
    {
        var error = Assert.Throws<BackupLinksException>(() => SettingFlag.Read(Schema, Flag, "maybe"));

        Assert.Equal(
            (ErrorKind.InvalidSecret,
                "The environment variable INTERNATIONAL is neither true nor false; use one of them."),
            (error.Kind, error.Message));
    }

    [Fact]
    public void Boolean_is_no_key()
    {
        var error = Assert.Throws<BackupLinksException>(
            () => CredentialFields.FromJson(Schema, "The secret 'S'", """{"AccessKey":true}"""));

        Assert.Contains("store text there", error.Message);
    }
}
