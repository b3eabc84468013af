using BackupLinks.Credentials;

namespace BackupLinks.Tests.Core.Credentials;

/// <summary>Settings with several values, and roles of a machine.</summary>
public sealed class SettingListTests
{
    [Theory]
    [InlineData(null, new string[0])]
    [InlineData(" ,; ", new string[0])]
    [InlineData("a", new[] { "a" })]
    [InlineData("a,b;c d", new[] { "a", "b", "c", "d" })]
    [InlineData("a, A ;b,a", new[] { "a", "b" })]
    public void Values_are_apart_and_each_comes_once(string? text, string[] values) =>
        Assert.Equal(values, SettingList.Split(text));

    [Theory]
    [InlineData(null, null)]
    [InlineData("", "")]
    [InlineData(" ", " ")]
    [InlineData("b,a", "b")]
    public void The_first_is_that_of_the_text(string? text, string? first) =>
        Assert.Equal(first, SettingList.First(text));

    [Fact]
    public void A_list_is_read_as_it_was_joined() =>
        Assert.Equal(["a", "b"], SettingList.Split(SettingList.Join(["a", "b"])));

    [Fact]
    public void The_name_of_a_role_may_have_a_line_break_behind_it_and_its_alias_is_read()
    {
        var schema = new CredentialSchema
        {
            Provider = "Provider", SecretName = "Secret",
            Kinds = [new("a key", [new("AccessKey"), new("SecretKey")]), CredentialKind.MachineRole("EcsRole")],
        };

        var fields = CredentialFields.FromJson(schema, "The secret", """{"ecsrole":" backup\n"}""");

        Assert.Equal("backup", fields[CredentialFields.Role]?.Trim());
        Assert.Equal("a role", schema.Identify(fields).Noun);
    }
}
