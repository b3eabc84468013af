using System.Collections.Generic;
using BackupLinks.Credentials;
using BackupLinks.Errors;

namespace BackupLinks.Tests.Core.Credentials;

/// <summary>A credential in variables of the environment.</summary>
public sealed class CredentialSchemaTests
{
    private static readonly CredentialSchema Schema = new()
    {
        Provider = "Provider",
        SecretName = "Secret",
        Kinds =
        [
            new("an access key", [new("AccessKey") { Variable = "AK" }, new("SecretKey") { Variable = "SK" }])
            {
                Optional = [new("SecurityToken") { Variable = "TOKEN" }],
            },
        ],
    };

    [Theory]
    [InlineData("AK", "SK")]
    [InlineData("SK", "AK")]
    public void Half_a_credential_is_an_error_that_names_the_other_half(string present, string missing)
    {
        var variables = new Dictionary<string, string?> { [present] = "value", [missing] = "" };

        var error = Assert.Throws<BackupLinksException>(() => Schema.ReadEnvironment(variables.GetValueOrDefault));

        Assert.Equal(ErrorKind.InvalidSecret, error.Kind);
        Assert.Equal(
            $"The environment variable {present} is set but {missing} is not; set both or neither.", error.Message);
        Assert.True(Schema.IsInEnvironment(variables.GetValueOrDefault));
    }

    // A blank in one of these came along when it was copied.
    [Theory]
    [InlineData(CredentialFields.AccessKey)]
    [InlineData(CredentialFields.SecretKey)]
    [InlineData(CredentialFields.SecurityToken)]
    public void Every_cloud_takes_its_keys_without_blanks(string name)
    {
        foreach (var provider in BackupLinks.Clouds.Registry.Providers)
        {
            if (provider.Credentials.Find(name) is not { } key)
                continue;
            var error = Assert.Throws<BackupLinksException>(() => new CredentialFields(
                provider.Credentials, "The test", [new KeyValuePair<string, string?>(key.Name, "a b")]));

            Assert.Equal(ErrorKind.InvalidSecret, error.Kind);
        }
    }

    [Fact]
    public void A_secret_has_one_kind_of_credential()
    {
        var schema = new CredentialSchema
        {
            Provider = "Provider",
            SecretName = "Secret",
            Kinds = [.. Schema.Kinds, new("a ticket", [new("Ticket")])],
        };
        KeyValuePair<string, string?>[] pair = [new("AccessKey", "a"), new("SecretKey", "b")];

        Assert.Same(schema.Kinds[0], schema.Identify(new CredentialFields(schema, "The secret", pair)));
        Assert.Same(
            schema.Kinds[1], schema.Identify(new CredentialFields(schema, "The secret", [new("Ticket", "c")])));
        var error = Assert.Throws<BackupLinksException>(
            () => schema.Identify(new CredentialFields(schema, "The secret", [.. pair, new("Ticket", "c")])));

        Assert.Equal(ErrorKind.InvalidSecret, error.Kind);
        Assert.Contains("has the key 'Ticket', which does not belong to an access key", error.Message);
    }

    [Fact]
    public void A_token_alone_is_no_credential()
    {
        var variables = new Dictionary<string, string?> { ["TOKEN"] = "value" };

        Assert.Null(Schema.ReadEnvironment(variables.GetValueOrDefault));
        Assert.False(Schema.IsInEnvironment(variables.GetValueOrDefault));
    }
}
