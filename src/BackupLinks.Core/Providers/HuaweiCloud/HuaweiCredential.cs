using BackupLinks.Credentials;
using BackupLinks.Errors;
using BackupLinks.Text;
using static BackupLinks.Credentials.CredentialFields;

namespace BackupLinks.HuaweiCloud;

/// <summary>One of the four ways to prove to Huawei Cloud who sends the request.</summary>
internal abstract class HuaweiCredential
{
    private static readonly CredentialKind AccessKeyKind = new(
        "an access key",
        [
            new(AccessKey) { IsExact = true, Variable = "HUAWEICLOUD_SDK_AK" },
            new(SecretKey) { IsExact = true, Variable = "HUAWEICLOUD_SDK_SK" },
        ])
    {
        Optional = [new(SecurityToken) { IsExact = true, Variable = "HUAWEICLOUD_SDK_SECURITY_TOKEN" }],
    };

    private static readonly CredentialKind UserKind = new(
        "a user name", [new(UserName), new(Password) { IsPassword = true }, new(DomainName)]);

    private static readonly CredentialKind TokenKind = new("a token", [new(Token) { IsExact = true }]);

    private static readonly CredentialKind RoleKind = CredentialKind.MachineRole("Agency");

    /// <summary>The kinds of credential, and where one is looked for when the caller gives none.</summary>
    public static readonly CredentialSchema Schema = new()
    {
        Provider = HuaweiCloudProvider.CloudName,
        SecretName = "HuaweiCloud",
        Kinds = [AccessKeyKind, UserKind, TokenKind, RoleKind],
        Settings =
        [
            new(Region) { IsTrimmed = true, IsList = true, Variable = "HUAWEICLOUD_SDK_REGION" },
            new(ProjectId) { IsInHeader = true, Variable = "HUAWEICLOUD_SDK_PROJECT_ID" },
            new(Endpoint) { IsTrimmed = true, IsEndpoint = true },
            new(HuaweiCloudProvider.IamEndpoint)
            {
                IsTrimmed = true, IsEndpoint = true, Variable = "HUAWEICLOUD_SDK_IAM_ENDPOINT",
            },
        ],
    };

    /// <summary>Takes these secrets out of text.</summary>
    public abstract SecretScrubber Scrubber { get; }

    /// <summary>The credential, as it reads in front of "of secret 'HuaweiCloud'".</summary>
    public abstract string Noun { get; }

    /// <summary>A name for caches: the same for the same credential, and useless for any other purpose.</summary>
    public abstract string Fingerprint { get; }

    /// <summary>The credential as it was stored.</summary>
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
        var kind = Schema.Identify(fields);
        return kind == AccessKeyKind ? new AccessKeyCredential(
            fields.Require(AccessKey), fields.Require(SecretKey), fields[SecurityToken])
            : kind == UserKind ? new IamUserCredential(
                fields.Require(UserName), fields.Require(Password), fields.Require(DomainName))
            : kind == RoleKind ? new MachineRoleCredential(fields.Require(Role))
            : new TokenCredential(fields.Require(Token));
    }
}
