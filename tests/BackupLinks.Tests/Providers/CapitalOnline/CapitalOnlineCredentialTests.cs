using BackupLinks.CapitalOnline;
using BackupLinks.Credentials;
using BackupLinks.Errors;

namespace BackupLinks.Tests.Providers.CapitalOnline;

/// <summary>A key of Capital Online is a pair and nothing else.</summary>
public sealed class CapitalOnlineCredentialTests
{
    [Theory]
    [InlineData("SecurityToken")]
    [InlineData("ProjectId")]
    [InlineData("IamEndpoint")]
    [InlineData("UserName")]
    [InlineData("Password")]
    [InlineData("DomainName")]
    [InlineData("Token")]
    public void A_key_of_another_cloud_beside_the_pair_is_refused_by_its_name(string key)
    {
        var error = Assert.Throws<BackupLinksException>(() => new CredentialFields(
            CapitalOnlineCredential.Schema, "The secret 'S'",
            [new("AccessKey", "ak"), new("SecretKey", "sk"), new(key, "x")]));

        Assert.Equal(ErrorKind.InvalidSecret, error.Kind);
        Assert.Equal(
            $"The secret 'S' has the unknown key '{key}'; the keys are AccessKey, SecretKey, Region, Endpoint.",
            error.Message);
    }

    [Theory]
    [InlineData("AccessKey", "SecretKey")]
    [InlineData("SecretKey", "AccessKey")]
    public void Half_a_pair_is_an_error_that_names_the_other_half(string given, string missing)
    {
        var fields = new CredentialFields(CapitalOnlineCredential.Schema, "The secret 'S'", [new(given, "x")]);

        Assert.Contains(
            $"'{missing}'", Assert.Throws<BackupLinksException>(() => CapitalOnlineCredential.From(fields)).Message);
    }
}
