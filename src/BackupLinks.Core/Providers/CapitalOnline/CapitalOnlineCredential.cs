using BackupLinks.Credentials;
using BackupLinks.Errors;
using BackupLinks.Text;

namespace BackupLinks.CapitalOnline;

/// <summary>An access key of Capital Online.</summary>
internal sealed class CapitalOnlineCredential(string accessKey, string secretKey)
{
    /// <summary>The one kind of credential, and where it is looked for when the caller gives none.</summary>
    public static readonly CredentialSchema Schema = new()
    {
        Provider = CapitalOnlineProvider.CloudName,
        SecretName = "CapitalOnline",
        Kinds =
        [
            new("an access key",
            [
                new(CredentialFields.AccessKey) { IsExact = true, Variable = "CDS_ACCESS_KEY_ID" },
                new(CredentialFields.SecretKey) { IsExact = true, Variable = "CDS_ACCESS_KEY_SECRET" },
            ]),
        ],
        Settings =
        [
            new(CredentialFields.Region) { IsTrimmed = true, IsList = true },
            new(CredentialFields.Endpoint) { IsTrimmed = true, IsEndpoint = true },
        ],
    };

    /// <summary>The access key id.</summary>
    public string AccessKey => accessKey;

    /// <summary>The access key secret.</summary>
    public string SecretKey => secretKey;

    /// <summary>Takes the secret out of text.</summary>
    public SecretScrubber Scrubber { get; } = new(secretKey);

    /// <summary>Reads a credential.</summary>
    /// <exception cref="BackupLinksException"><see cref="ErrorKind.InvalidSecret"/>.</exception>
    public static CapitalOnlineCredential From(CredentialFields fields)
    {
        Schema.Identify(fields);
        return new CapitalOnlineCredential(
            fields.Require(CredentialFields.AccessKey), fields.Require(CredentialFields.SecretKey));
    }
}
