using BackupLinks.Credentials;
using BackupLinks.Errors;
using BackupLinks.Text;

namespace BackupLinks.CapitalOnline;

/// <summary>An access key of Capital Online.</summary>
internal sealed class CapitalOnlineCredential(string accessKey, string secretKey)
{
    /// <summary>Where it is looked for when none was given.</summary>
    public static readonly CredentialConvention Convention = new(
        "Capital Online", "CapitalOnline", "CDS_ACCESS_KEY_ID", "CDS_ACCESS_KEY_SECRET", null);

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
        fields.Forbid(
            "which Capital Online does not take; give it AccessKey and SecretKey",
            CredentialFields.SecurityToken, CredentialFields.UserName, CredentialFields.Password,
            CredentialFields.DomainName, CredentialFields.Token);
        return new CapitalOnlineCredential(fields.Require(CredentialFields.AccessKey), fields.Require(CredentialFields.SecretKey));
    }
}
