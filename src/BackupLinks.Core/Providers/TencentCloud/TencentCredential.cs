using BackupLinks.Credentials;
using BackupLinks.Errors;
using BackupLinks.Text;
using static BackupLinks.Credentials.CredentialFields;

namespace BackupLinks.TencentCloud;

/// <summary>An API key of Tencent Cloud, or the role of a machine, which has temporary ones.</summary>
internal sealed class TencentCredential
{
    /// <summary>The setting for the hosts of the international site.</summary>
    public const string International = "International";

    /// <summary>The kinds of credential, and where one is looked for when the caller gives none.</summary>
    public static readonly CredentialSchema Schema = new()
    {
        Provider = TencentCloudProvider.CloudName,
        SecretName = "TencentCloud",
        Kinds =
        [
            new("an access key",
            [
                new(AccessKey) { IsExact = true, Variable = "TENCENTCLOUD_SECRET_ID", Aliases = ["SecretId"] },
                new(SecretKey) { IsExact = true, Variable = "TENCENTCLOUD_SECRET_KEY" },
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
            CredentialKind.MachineRole("CamRole"),
        ],
        Settings =
        [
            new(Region) { IsTrimmed = true, IsList = true, Variable = "TENCENTCLOUD_REGION" },
            new(Endpoint) { IsTrimmed = true, IsEndpoint = true },
            new(International) { IsTrimmed = true, IsFlag = true },
        ],
    };

    private TencentCredential(CredentialFields fields) =>
        Scrubber = new SecretScrubber(fields[SecretKey], fields[CredentialFields.SecurityToken]);

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
