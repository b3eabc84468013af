using BackupLinks.Credentials;
using BackupLinks.Errors;
using BackupLinks.Text;
using static BackupLinks.Credentials.CredentialFields;

namespace BackupLinks.HuaweiCloud;

/// <summary>One of the three ways to prove to Huawei Cloud who is asking.</summary>
internal abstract class HuaweiCredential
{
    /// <summary>Where it is looked for when none was given.</summary>
    public static readonly CredentialConvention Convention = new(
        "Huawei Cloud", "HuaweiCloud", "HUAWEICLOUD_SDK_AK", "HUAWEICLOUD_SDK_SK", "HUAWEICLOUD_SDK_SECURITY_TOKEN");

    /// <summary>Takes these secrets out of text.</summary>
    public abstract SecretScrubber Scrubber { get; }

    /// <summary>What it is, as it reads in front of "of secret 'HuaweiCloud'".</summary>
    public abstract string Noun { get; }

    /// <summary>A name for caches: the same for the same credential, and of no use to anybody else.</summary>
    public abstract string Fingerprint { get; }

    /// <summary>The credential as somebody wrote it down.</summary>
    public CredentialFields Fields { get; private set; } = null!;

    /// <summary>Reads a credential.</summary>
    /// <exception cref="BackupLinksException"><see cref="ErrorKind.InvalidSecret"/>.</exception>
    public static HuaweiCredential From(CredentialFields fields)
    {
        var credential = Read(fields);
        credential.Fields = fields;
        return credential;
    }

    private static HuaweiCredential Read(CredentialFields fields)
    {
        if (fields.HasAny(AccessKey, SecretKey, SecurityToken))
        {
            fields.Forbid("which does not go with an access key; keep one kind of credential in a secret", UserName, Password, DomainName, Token);
            return new AccessKeyCredential(fields.Require(AccessKey), fields.Require(SecretKey), fields[SecurityToken]);
        }

        if (fields.HasAny(UserName, Password, DomainName))
        {
            fields.Forbid("which does not go with a user name; keep one kind of credential in a secret", Token);
            return new IamUserCredential(fields.Require(UserName), fields.Require(Password), fields.Require(DomainName));
        }

        if (fields[Token] is { } token)
            return new TokenCredential(token);
        throw fields.Invalid("holds no credential; give it AccessKey and SecretKey, or UserName, Password and DomainName, or Token");
    }
}
