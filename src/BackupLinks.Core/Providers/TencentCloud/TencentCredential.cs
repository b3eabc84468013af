using BackupLinks.Credentials;
using BackupLinks.Errors;
using BackupLinks.Text;
using static BackupLinks.Credentials.CredentialFields;

namespace BackupLinks.TencentCloud;

/// <summary>An API key of Tencent Cloud, permanent or temporary.</summary>
internal sealed class TencentCredential
{
    /// <summary>The setting for the hosts of the international site.</summary>
    public const string International = "International";

    /// <summary>The one kind of credential, and where it is looked for when the caller gives none.</summary>
    public static readonly CredentialSchema Schema = new()
    {
        Provider = "Tencent Cloud",
        SecretName = "TencentCloud",
        Kinds =
        [
            new("an access key",
            [
                new(AccessKey) { IsExact = true, Variable = "TENCENTCLOUD_SECRET_ID", Aliases = ["SecretId"] },
                new(CredentialFields.SecretKey) { IsExact = true, Variable = "TENCENTCLOUD_SECRET_KEY" },
            ])
            {
                Optional =
                [
                    new(CredentialFields.SecurityToken)
                    {
                        IsExact = true, Variable = "TENCENTCLOUD_SESSION_TOKEN", Aliases = ["SessionToken"],
                    },
                ],
            },
        ],
        Settings =
        [
            new(Region) { IsTrimmed = true, IsList = true, Variable = "TENCENTCLOUD_REGION" },
            new(Endpoint) { IsTrimmed = true, IsEndpoint = true },
            new(International) { IsTrimmed = true, IsFlag = true },
        ],
    };

    private TencentCredential(CredentialFields fields)
    {
        SecretId = fields.Require(AccessKey);
        SecretKey = fields.Require(CredentialFields.SecretKey);
        SecurityToken = fields[CredentialFields.SecurityToken];
        Scrubber = new SecretScrubber(SecretKey, SecurityToken);
    }

    /// <summary>The id of the key.</summary>
    public string SecretId { get; }

    /// <summary>The secret of the key.</summary>
    public string SecretKey { get; }

    /// <summary>The token that a temporary key comes with; null for a permanent key.</summary>
    public string? SecurityToken { get; }

    /// <summary>Takes the secrets out of text.</summary>
    public SecretScrubber Scrubber { get; }

    /// <summary>Reads a credential.</summary>
    /// <exception cref="BackupLinksException"><see cref="ErrorKind.InvalidSecret"/>.</exception>
    public static TencentCredential From(CredentialFields fields)
    {
        Schema.Identify(fields);
        return new TencentCredential(fields);
    }
}
