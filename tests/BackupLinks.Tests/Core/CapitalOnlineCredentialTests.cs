using BackupLinks.CapitalOnline;
using BackupLinks.Credentials;
using BackupLinks.Errors;

namespace BackupLinks.Tests.Core;

/// <summary>A key of Capital Online is a pair and nothing else.</summary>
public sealed class CapitalOnlineCredentialTests
{
    [Theory]
    [InlineData("SecurityToken")]
    [InlineData("UserName")]
    [InlineData("Password")]
    [InlineData("DomainName")]
    [InlineData("Token")]
    public void A_key_of_another_cloud_beside_the_pair_is_refused_by_its_name(string key)
    {
        var fields = new CredentialFields("The secret 'S'", [new("AccessKey", "ak"), new("SecretKey", "sk"), new(key, "x")]);

        var error = Assert.Throws<BackupLinksException>(() => CapitalOnlineCredential.From(fields));

        Assert.Equal(ErrorKind.InvalidSecret, error.Kind);
        Assert.Contains($"'{key}'", error.Message);
    }

    [Theory]
    [InlineData("AccessKey", "SecretKey")]
    [InlineData("SecretKey", "AccessKey")]
    public void Half_a_pair_is_an_error_that_names_the_other_half(string given, string missing)
    {
        var fields = new CredentialFields("The secret 'S'", [new(given, "x")]);

        Assert.Contains($"'{missing}'", Assert.Throws<BackupLinksException>(() => CapitalOnlineCredential.From(fields)).Message);
    }
}
